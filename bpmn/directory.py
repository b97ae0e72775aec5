"""A town's directory of units and positions, read from YAML (`org-sample/1`)."""

from collections.abc import Iterator, Mapping

import yaml

from bpmn.errors import Unreadable
from bpmn.folding import normal
from bpmn.organisation import LEADERSHIP, WARD, Organisation, OrgPosition, OrgUnit
from bpmn.verdicts import reject

Directory = Organisation
MAX_CHARACTERS = 500_000
HEADS = ("Trưởng phòng", "Chánh Văn phòng", "Chánh Thanh tra", "Chủ tịch UBND", "Giám đốc")
"""How the position that leads a unit is called."""
DEPUTY = "Phó"


class PlainLoader(yaml.SafeLoader):
    """Plain data without aliases, which could make a small text a huge tree."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


def read_directory(text: str) -> Directory:
    """Read units, desks (`sub`), leadership, agencies and wards, with the codes that `load_town` gives them.

    Raises Unreadable `directory-unreadable` where the text is no such directory.
    """
    if len(text) > MAX_CHARACTERS:
        raise Unreadable([reject("directory-unreadable", reason="size")])
    try:
        content: object = yaml.load(text, PlainLoader)  # noqa: S506  # a SafeLoader that refuses aliases too
    except (yaml.YAMLError, RecursionError, ValueError) as failure:
        raise Unreadable([reject("directory-unreadable", line=line_of(failure), reason="yaml")]) from failure
    if not isinstance(content, Mapping) or not isinstance(content.get("units"), list):
        raise Unreadable([reject("directory-unreadable", reason="units")])
    return Organisation(tuple(units(content)))


def line_of(failure: Exception) -> int | None:
    mark = failure.problem_mark if isinstance(failure, yaml.MarkedYAMLError) else None
    return None if mark is None else mark.line + 1


def units(content: Mapping[object, object]) -> Iterator[OrgUnit]:
    if content.get("leadership"):
        yield OrgUnit("UBND", "UBND thị xã", LEADERSHIP, None, positions(content.get("leadership")))
    for entry in mappings(content.get("units")):
        code = str(entry.get("code", ""))
        yield OrgUnit(code, named(entry), "department", None, positions(entry.get("positions")))
        for number, desk in enumerate(names(entry.get("sub")), 1):
            yield OrgUnit(f"{code}-{number}", desk, "desk", code)
    for number, agency in enumerate(names(content.get("vertical_agencies")), 1):
        yield OrgUnit(f"NGANH-{number}", agency, "agency", None, (OrgPosition("Lãnh đạo", head=True),))
    for entry in mappings(content.get("wards")):
        yield OrgUnit(str(entry.get("code", "")), named(entry), WARD, None, positions(content.get("ward_positions")))


def named(entry: Mapping[object, object]) -> str:
    return normal(str(entry.get("name", "")))


def positions(listed: object) -> tuple[OrgPosition, ...]:
    """Positions as names, or as mappings of `name`, `holders` (names or their number) and `substitute`.

    Where a directory does not say who holds a position, somebody does and can be stood in for.
    """
    rows: list[Mapping[object, object]] = []
    for row in listed if isinstance(listed, list) else ():
        rows.append(row if isinstance(row, Mapping) else {"name": row})
    deputy = any(named(row).startswith(DEPUTY) and holders(row) != 0 for row in rows)
    return tuple(position(row, deputy=deputy) for row in rows)


def position(row: Mapping[object, object], *, deputy: bool) -> OrgPosition:
    name, count = named(row), holders(row)
    head = name.startswith(HEADS)
    alone = count == 1 and not (head and deputy)
    substituted = bool(row["substitute"]) if "substitute" in row else not alone
    return OrgPosition(name, head=head, held=count != 0, substituted=substituted)


def holders(row: Mapping[object, object]) -> int | None:
    """How many hold a position, None where that is not said."""
    listed = row.get("holders")
    if isinstance(listed, bool) or not isinstance(listed, (int, list)):
        return 0 if "holders" in row and not listed else None
    return listed if isinstance(listed, int) else len(listed)


def names(listed: object) -> list[str]:
    return [normal(str(item)) for item in listed] if isinstance(listed, list) else []


def mappings(listed: object) -> list[Mapping[object, object]]:
    return [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []

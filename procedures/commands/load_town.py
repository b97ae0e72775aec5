"""Load the units and positions of a town."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from bpmn.organisation import LEADERSHIP, OrgPosition
from procedures.model.position import Position
from procedures.model.setting import Setting
from procedures.model.unit import Unit, UnitKind
from procedures.queries.packages import TOWN

HEADS = ("Trưởng phòng", "Chánh Văn phòng", "Chánh Thanh tra", "Chủ tịch UBND", "Giám đốc")
"""How the position that leads a unit is called."""


def load_town(session: Session, content: Mapping[str, Any], *, valid_from: date, valid_until: date | None) -> None:
    """Store the units of an `org-sample/1` file: leadership, departments with their desks, wards."""
    valid = {"valid_from": valid_from, "valid_until": valid_until}
    session.add(Setting(name=TOWN, value=content["town"]["name"]))
    council = Unit(code="UBND", name="UBND thị xã", kind=LEADERSHIP, **valid)
    _with_positions(session, council, content["leadership"])
    for row in content["units"]:
        unit = Unit(code=row["code"], name=row["name"], kind=UnitKind.DEPARTMENT, **valid)
        _with_positions(session, unit, row["positions"])
        for number, name in enumerate(row.get("sub", ()), start=1):
            desk = Unit(code=f"{row['code']}-{number}", name=name, kind=UnitKind.DESK, parent_id=unit.id, **valid)
            _with_positions(session, desk, ())
    for row in content["wards"]:
        ward = Unit(code=row["code"], name=row["name"], kind=UnitKind.WARD, **valid)
        _with_positions(session, ward, content["ward_positions"])


def _with_positions(session: Session, unit: Unit, names: Sequence[str]) -> None:
    session.add(unit)
    session.flush()
    for name in names:
        key = f"{unit.code}/{OrgPosition(name).slug}"
        session.add(Position(unit_id=unit.id, name=name, key=key, head=name.startswith(HEADS)))
    session.flush()

"""Separation of duties: who drafts does not approve, and whom the model asks to be others or the same are so."""

import re
from collections.abc import Iterator, Mapping

from bpmn.elements import Node
from bpmn.findings import Clear, Finding
from bpmn.folding import search_key
from bpmn.rules.case import Case, Rule
from bpmn.rules.performers import owner, performer_of
from bpmn.verdicts import error, warning

DRAFTING = re.compile(r"\b(soan|du thao|lap|xay dung|tham muu)\b")
SEPARATED = re.compile(r"[,;\s]+")
APPROVING = re.compile(r"^(phe duyet|duyet|cong nhan|ky(?! (tat|nhay)))\b")


def find(case: Case) -> Iterator[Finding]:
    yield from drafted(case)
    steps = {key.casefold(): node for node in case.people_tasks() for key in keys(node)}
    for node in case.people_tasks():
        if node.step is not None:
            yield from asked(case, node, steps, apart=True)
            yield from asked(case, node, steps, apart=False)


def keys(node: Node) -> tuple[str, ...]:
    """How a model names a step: its id or its number."""
    return (node.id, node.step.step_no) if node.step is not None and node.step.step_no else (node.id,)


def asked(case: Case, node: Node, steps: Mapping[str, Node], *, apart: bool) -> Iterator[Finding]:
    """What the model itself asks: another person than did those steps, or the same."""
    attribute = "differentFrom" if apart else "sameAs"
    written = node.step and (node.step.different_from if apart else node.step.same_as)
    performer = performer_of(case, node)
    for key in dict.fromkeys(SEPARATED.split((written or "").strip())):
        other = steps.get(key.casefold())
        if key and (other is None or other.id == node.id):
            facts = {"attribute": attribute, "ref": key[:100]}
            yield error("duties-reference-missing", clear=Clear.PERFORMER, element=node.id, line=node.line, **facts)
        elif other is not None and performer is not None and same(case, node, other) == apart:
            code = "duties-not-separate" if apart else "duties-not-joined"
            facts = {"position": performer.position[:100], "draft": other.id, "draft_name": other.name or other.id}
            yield error(code, clear=Clear.PERFORMER, element=node.id, line=node.line, **facts)


def same(case: Case, one: Node, other: Node) -> bool:
    """Whether two steps are of one position: by the directory where both stand in it, else by their texts."""
    first, second = performer_of(case, one), performer_of(case, other)
    if first is None or second is None:
        return False
    if case.directory is not None:
        places = [case.directory.resolve(performer, owner(case)) for performer in (first, second)]
        groups = [place.group for place in places if place is not None]
        if len(groups) == len(places):
            return groups[0] == groups[1]
    return (search_key(first.position), search_key(first.unit or "")) == (
        search_key(second.position),
        search_key(second.unit or ""),
    )


def drafted(case: Case) -> Iterator[Finding]:
    """Who drafts and approves, where the model does not say what it wants."""
    drafts: dict[tuple[str, str], Node] = {}
    for node in case.people_tasks():
        performer = performer_of(case, node)
        if performer is not None and DRAFTING.search(search_key(node.name)):
            drafts.setdefault((search_key(performer.position), search_key(performer.unit or "")), node)
    for node in case.people_tasks():
        performer = performer_of(case, node)
        if performer is None or not APPROVING.search(search_key(node.name)):
            continue
        draft = drafts.get((search_key(performer.position), search_key(performer.unit or "")))
        if draft is not None and draft.id != node.id:
            yield warning(
                "duties-not-separate",
                clear=Clear.PERFORMER,
                element=node.id,
                line=node.line,
                position=performer.position[:100],
                draft=draft.id,
                draft_name=draft.name or draft.id,
            )


RULE = Rule(("duties-not-separate", "duties-not-joined", "duties-reference-missing"), find)

"""Separation of duties: who drafts does not approve."""

import re
from collections.abc import Iterator

from bpmn.findings import Clear, Finding
from bpmn.folding import search_key
from bpmn.rules.case import Case, Rule
from bpmn.rules.performers import performer_of
from bpmn.verdicts import warning

DRAFTING = re.compile(r"\b(soan|du thao|lap|xay dung|tham muu)\b")
APPROVING = re.compile(r"^(phe duyet|duyet|cong nhan|ky(?! (tat|nhay)))\b")


def find(case: Case) -> Iterator[Finding]:
    drafts: dict[tuple[str, str], str] = {}
    for node in case.people_tasks():
        performer = performer_of(case, node)
        if performer is not None and DRAFTING.search(search_key(node.name)):
            drafts.setdefault((search_key(performer.position), search_key(performer.unit or "")), node.id)
    for node in case.people_tasks():
        performer = performer_of(case, node)
        if performer is None or not APPROVING.search(search_key(node.name)):
            continue
        draft = drafts.get((search_key(performer.position), search_key(performer.unit or "")))
        if draft is not None and draft != node.id:
            yield warning(
                "duties-not-separate",
                clear=Clear.PERFORMER,
                element=node.id,
                line=node.line,
                position=performer.position[:100],
                draft=draft,
            )


RULE = Rule(("duties-not-separate",), find)

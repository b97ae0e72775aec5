"""The words of other tools, and which of the five clears each means: the one table of the normaliser.

`means` is group | person | persons | owner (who does it), unit, co, time, form, output, responsibility, note, called
(which procedure a call means), `no` (understood, but no clear says it) or `code` (a program: told, never run).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bpmn.folding import search_key

TOOLS: Mapping[str, str] = {
    "camunda.org/schema/zeebe": "zeebe",
    "camunda.org/schema/1.0": "camunda",
    "operaton.org": "camunda",
    "activiti.org": "camunda",
    "flowable.org": "camunda",
    "spiffworkflow.org": "spiff",
    "jboss.org/drools": "jbpm",
    "jboss.org/bpmn": "jbpm",
}
"""Part of a namespace → the family of tools that shares its words. All other tools are read by NAMED alone."""

FAMILIES: Mapping[str, str] = {
    "camunda": "Camunda 7, Operaton, Flowable, Activiti",
    "zeebe": "Camunda 8",
    "spiff": "SpiffArena",
    "jbpm": "jBPM",
    "bpmn": "BPMN 2.0",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a family. `place`: attribute of the activity | element among its extensions, `name@attribute` for one
    of its attributes | input, a data input with a fixed value | standard, an element of BPMN itself."""

    family: str
    place: str
    name: str
    means: str


def words(family: str, place: str, means: str, *names: str) -> tuple[Word, ...]:
    return tuple(Word(family, place, name, means) for name in names)


WORDS: tuple[Word, ...] = (
    *words("camunda", "attribute", "person", "assignee"),
    *words("camunda", "attribute", "group", "candidateGroups"),
    *words("camunda", "attribute", "persons", "candidateUsers"),
    *words("camunda", "attribute", "time", "dueDate"),
    *words("camunda", "attribute", "form", "formKey", "formRef"),
    *words("camunda", "attribute", "no", "followUpDate", "priority", "owner", "category", "businessCalendarName"),
    *words("camunda", "attribute", "no", "initiator", "candidateStarterGroups", "candidateStarterUsers"),
    *words("camunda", "attribute", "code", "class", "delegateExpression", "expression", "type", "skipExpression"),
    *words("camunda", "element", "code", "taskListener", "executionListener", "connector", "script", "inputOutput"),
    *words("camunda", "element", "no", "formData", "formProperty"),
    *words("zeebe", "element", "person", "assignmentDefinition@assignee"),
    *words("zeebe", "element", "group", "assignmentDefinition@candidateGroups"),
    *words("zeebe", "element", "persons", "assignmentDefinition@candidateUsers"),
    *words("zeebe", "element", "time", "taskSchedule@dueDate"),
    *words("zeebe", "element", "no", "taskSchedule@followUpDate", "priorityDefinition@priority"),
    *words("zeebe", "element", "form", "formDefinition@formId", "formDefinition@externalReference"),
    *words("zeebe", "element", "form", "formDefinition@formKey"),
    *words("zeebe", "element", "called", "calledElement@processId"),
    *words("zeebe", "element", "code", "taskDefinition", "taskListener", "executionListener", "script", "ioMapping"),
    *words("spiff", "element", "note", "instructionsForEndUser"),
    *words("spiff", "element", "no", "guestConfirmation", "allowGuest"),
    *words("spiff", "element", "code", "preScript", "postScript", "serviceTaskOperator", "messagePayload"),
    *words("jbpm", "input", "group", "GroupId"),
    *words("jbpm", "input", "person", "ActorId"),
    *words("jbpm", "input", "form", "TaskName"),
    *words("jbpm", "input", "time", "DueDate"),
    *words("jbpm", "input", "note", "Comment", "Description"),
    *words("jbpm", "input", "no", "Priority", "Content", "BusinessAdministratorId", "ExcludedOwnerId"),
    *words("jbpm", "input", "no", "NotStartedNotify", "NotCompletedNotify"),
    *words("jbpm", "input", "no", "NotStartedReassign", "NotCompletedReassign"),
    *words("jbpm", "element", "code", "onEntry-script", "onExit-script"),
    *words("bpmn", "standard", "owner", "potentialOwner", "humanPerformer", "performer", "resourceRole"),
    *words("bpmn", "standard", "unit", "lane"),
    *words("bpmn", "standard", "output", "dataOutputAssociation"),
    *words("bpmn", "standard", "note", "textAnnotation"),
)

NAMED: Mapping[str, str] = {
    name: means
    for means, names in {
        "group": "nguoi thuc hien|vi tri|vi tri thuc hien|chuc danh|role|actor|executor|position|performer|performers"
        "|responsible|responsible for execution|responsible role|bearbeiter",
        "unit": "don vi|don vi thuc hien|phong ban|department|org unit|organization unit|organisation unit|unit",
        "co": "phoi hop|nguoi phoi hop|don vi phoi hop|supporter|contributor|cooperation",
        "time": "thoi gian|thoi han|thoi gian thuc hien|thoi gian xu ly|thoi gian giai quyet|duration|sla|deadline|due"
        "|due date|time limit|processing time|custom sla due date|sla due date",
        "form": "bieu mau|mau bieu|mau|form|form name|template|form json schema filename|external form url",
        "output": "ket qua|san pham|ket qua dau ra|output|outputs|result|deliverable",
        "responsibility": "trach nhiem|chiu trach nhiem|accountable|responsibility|accountability",
        "note": "ghi chu|luu y|note|notes|comment|comments|remark|instructions|custom description",
    }.items()
    for name in names.split("|")
}
"""Names of free properties as any tool has them (`property`, `header`, `signavioMetaData` …), folded: without marks,
case, underscores and the tool's own prefix."""

PREFIXES = ("meta ", "a ", "at ", "custom ", "ext ", "nguoi dung ")
EMPTY = frozenset({"", "[]", "{}", "null", "none", "false", "no entry", "n/a", "-", "0"})
"""Values of a free property that say nothing."""
PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\-.:/]+")
RUN_ON = {name.replace(" ", ""): means for name, means in NAMED.items()}


def named(name: str) -> str | None:
    """What a free property of this name means; None where it is not known."""
    key = search_key(" ".join(PARTS.split(name.strip())))
    prefix = next((prefix for prefix in PREFIXES if key.startswith(prefix)), "")
    return RUN_ON.get(key.replace(" ", "")) or RUN_ON.get(key.removeprefix(prefix).replace(" ", ""))


def family_of(namespace: str) -> str | None:
    """The family of tools whose words a namespace has."""
    return next((family for mark, family in TOOLS.items() if mark in namespace), None)


def table(place: str) -> Mapping[tuple[str, str], str]:
    """The words of one place: (family, name) → what it means."""
    return {(word.family, word.name): word.means for word in WORDS if word.place == place}


ATTRIBUTES = table("attribute")
INPUTS = table("input")
BODIES = {key: means for key, means in table("element").items() if "@" not in key[1]}
PARTED = {key: means for key, means in table("element").items() if "@" in key[1]}

"""A document of another tool with what it says of the five clears taken over; every word of the tool stays in it."""

from collections.abc import Iterator, Set
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from bpmn.dialect import NAMESPACE, PREFIX, write_step
from bpmn.dialect.values import extension
from bpmn.document import Document
from bpmn.document.names import local, q
from bpmn.document.read import read_root
from bpmn.findings import Finding
from bpmn.fiveclear import TimeUnit
from bpmn.foreign.choose import choose, process_choices
from bpmn.foreign.said import names_in, said_beside
from bpmn.foreign.take import Taking, kept
from bpmn.table.diagram import diagram_of
from bpmn.table.project import steps_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a file: the process that is the procedure, and whether its days are working days.

    `process` empty: nobody chose, all stay as they are. `days` None: nobody said; a day is a calendar day then.
    """

    process: str = ""
    days: TimeUnit | None = None


UNSAID = Wanted()


@dataclass(frozen=True, slots=True)
class Adopted:
    """The document with our words beside those of its tool, and what was taken, what was not and why."""

    document: Document
    findings: tuple[Finding, ...] = ()


def adopt(document: Document, wanted: Wanted = UNSAID) -> Adopted:
    """Take over what other tools' words say. A step that has our words already is left as it is.

    A document of which nothing is to be taken comes back itself.
    """
    root = deepcopy(document.root)
    findings = list(chosen(root, document, wanted))
    names, changed = names_in(root), bool(findings)
    for process in root.iterchildren(q("process")):
        diagram = diagram_of(process)
        takings = [Taking(diagram.nodes[node], step, wanted.days) for node, step in steps_of(diagram).items()]
        open_ones = [taking for taking in takings if extension(taking.element, "step") is None]
        taken = [taking.run(names) for taking in open_ones]
        if any(taken):
            changed = True
            for taking in open_ones:  # all of them, so that each has its number
                write_step(taking.element, taking.step)
        findings += [finding for taking in open_ones for finding in taking.findings]
        findings += beside(process, {taking.element for taking in takings})
    if not changed:
        return Adopted(document, tuple(findings))
    # On the root, since other tools lose what is declared further in when they save.
    etree.cleanup_namespaces(root, top_nsmap={PREFIX: NAMESPACE}, keep_ns_prefixes=[key for key in root.nsmap if key])
    adopted = read_root(root).document
    return Adopted(document) if adopted is None else Adopted(adopted, tuple(findings))


def beside(process: etree._Element, steps: Set[etree._Element]) -> Iterator[Finding]:
    """What is said of anything but a step: nobody's clear."""
    for element in process.iter(q("*")):
        if element not in steps and local(element) != "extensionElements":
            for word in said_beside(element):
                yield kept(element, word, "program" if word.means == "code" else "no-step")


def chosen(root: etree._Element, document: Document, wanted: Wanted) -> Iterator[Finding]:
    choices = process_choices(document)
    if wanted.process in {choice.id for choice in choices}:
        yield choose(root, wanted.process, choices)

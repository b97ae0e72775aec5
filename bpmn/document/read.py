"""From bytes to a document: hardened reading, then ids, texts, sizes and references."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from bpmn.document.build import Parts, build_process, collect
from bpmn.document.identity import check_ids
from bpmn.document.model import Document, Embedded, Reading
from bpmn.document.names import BPMN, DMN, local, namespace, plain, q, reference
from bpmn.document.references import check_references
from bpmn.document.texts import check_texts
from bpmn.elements import MessageFlow, Participant
from bpmn.findings import Clear, Finding
from bpmn.source import line_number, read_source
from bpmn.verdicts import reject

MAX_NODES = 1_000
MAX_FLOWS = 10_000
MAX_DEPTH = 20
MAX_SAME = 100
"""Findings of one code that are listed; a file with more has one fault, not thousands."""


def read_document(data: bytes) -> Reading:
    """Read the bytes of a BPMN file. Never raises for any bytes."""
    source = read_source(data)
    if source.root is None:
        return Reading(None, source.findings)
    reading = read_root(source.root)
    return Reading(reading.document, (*source.findings, *reading.findings))


def read_root(root: etree._Element) -> Reading:
    """Read a hardened tree; the tree belongs to the document from here on."""
    first = at_most(MAX_SAME, root_findings(root))
    if refused(first):
        return Reading(None, first)
    parts = [collect(process) for process in root.iterchildren(q("process"))]
    sized = [*first, *check_sizes(parts)]
    if refused(sized):
        return Reading(None, sized)
    named = at_most(MAX_SAME, [*sized, *check_ids(root), *check_texts(root)])
    if refused(named):
        return Reading(None, named)
    return resolve(root, parts, findings=named)


def resolve(root: etree._Element, parts: Sequence[Parts], *, findings: Sequence[Finding]) -> Reading:
    """Build the processes and follow their references. Asks for unique, well-formed ids and bounded size."""
    roots = {child.get("id", ""): child for child in root.iterchildren(q("*"))}
    processes = [build_process(part, roots) for part in parts]
    ids = frozenset(str(element.get("id")) for element in root.iter(q("*")) if element.get("id"))
    dangling = (finding for process in processes for finding in check_references(process, ids))
    every = at_most(MAX_SAME, [*findings, *dangling])
    if refused(every):
        return Reading(None, every)
    document = Document(
        root=root,
        processes={process.id: process for process in processes},
        messages={message.get("id", ""): plain(message.get("name")) for message in root.iterchildren(q("message"))},
        participants={participant.id: participant for participant in read_participants(root)},
        message_flows={flow.id: flow for flow in read_message_flows(root)},
        decisions=read_decisions(root),
    )
    return Reading(document, every)


def root_findings(root: etree._Element) -> Iterator[Finding]:
    line, tag = line_number(root), local(root)
    if tag != "definitions":
        yield reject("bpmn-root", line=line, tag=tag[:80])
    elif namespace(root) != BPMN:
        yield reject("bpmn-namespace", line=line, namespace=namespace(root)[:200])
    elif root.find(q("process")) is None:
        yield from no_process(root)


def no_process(root: etree._Element) -> Iterator[Finding]:
    """Without a process: a choreography is named as what it is, anything else is an empty file."""
    others = [child for child in root.iterchildren(q("*")) if "horeography" in local(child)]
    for other in others:
        yield reject(
            "element-unsupported",
            clear=Clear.PROCESS,
            element=other.get("id"),
            line=line_number(other),
            tag=local(other),
            reason="choreography",
        )
    if not others:
        yield reject("bpmn-no-process", clear=Clear.PROCESS, line=line_number(root))


def check_sizes(parts: Sequence[Parts]) -> Iterator[Finding]:
    nodes = sum(len(part.nodes) for part in parts)
    flows = sum(len(part.flows) for part in parts)
    if nodes > MAX_NODES:
        yield reject("limit-elements", count=nodes, limit=MAX_NODES)
    if flows > MAX_FLOWS:
        yield reject("limit-elements", count=flows, limit=MAX_FLOWS)
    for part in parts:
        deep = next(((element, depth) for element, depth in part.nested if depth > MAX_DEPTH), None)
        if deep is not None:
            element, depth = deep
            yield reject(
                "limit-depth", element=element.get("id"), line=line_number(element), depth=depth, limit=MAX_DEPTH
            )


def read_participants(root: etree._Element) -> Iterator[Participant]:
    for element in root.iter(q("participant")):
        yield Participant(
            element.get("id", ""),
            plain(element.get("name")),
            line_number(element),
            reference(element.get("processRef")),
        )


def read_message_flows(root: etree._Element) -> Iterator[MessageFlow]:
    for element in root.iter(q("messageFlow")):
        yield MessageFlow(
            element.get("id", ""),
            reference(element.get("sourceRef")) or "",
            reference(element.get("targetRef")) or "",
            plain(element.get("name")),
            line_number(element),
        )


def read_decisions(root: etree._Element) -> Mapping[str, Embedded]:
    """The DMN decisions in the file's extensions, the first of each id."""
    found: dict[str, Embedded] = {}
    for element in root.iter("{*}decision"):
        if DMN in namespace(element) and element.get("id"):
            found.setdefault(str(element.get("id")), Embedded(element))
    return found


def refused(findings: Iterable[Finding]) -> bool:
    return any(finding.reject for finding in findings)


def at_most(limit: int, findings: Iterable[Finding]) -> list[Finding]:
    """The first `limit` findings of each code and gravity."""
    counts: Counter[tuple[str, bool]] = Counter()
    kept = []
    for finding in findings:
        counts[finding.code, finding.reject] += 1
        if counts[finding.code, finding.reject] <= limit:
            kept.append(finding)
    return kept

"""What a document is once it has been read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from lxml import etree

from bpmn.elements import MessageFlow, Participant, Process
from bpmn.findings import Finding
from bpmn.source import canonical


@dataclass(frozen=True, slots=True)
class Embedded:
    """A DMN decision in the file's extensions. `prefix` stands before the ids of the elements that it asks about."""

    element: etree._Element
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A BPMN document whose ids are unique and whose references resolve.

    `root` is the XML tree without comments and processing instructions; nobody changes it.  `messages` gives each
    message's name by its id, `decisions` the DMN decisions embedded in the file; `processes` stand in document order.
    """

    root: etree._Element
    processes: Mapping[str, Process]
    messages: Mapping[str, str] = field(default_factory=dict)
    participants: Mapping[str, Participant] = field(default_factory=dict)
    message_flows: Mapping[str, MessageFlow] = field(default_factory=dict)
    decisions: Mapping[str, Embedded] = field(default_factory=dict)

    def canonical(self) -> bytes:
        """The document in canonical form."""
        return canonical(self.root)

    def serialised(self) -> bytes:
        """UTF-8 XML to hand out: nothing that was dropped on reading comes back."""
        return etree.tostring(self.root, encoding="UTF-8", xml_declaration=True)

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the canonical form; what appraisal and recognition are bound to."""
        return sha256(self.canonical()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading gave: `document` is None exactly when a finding is a reject."""

    document: Document | None
    findings: Sequence[Finding]

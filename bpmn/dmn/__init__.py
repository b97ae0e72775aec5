"""DMN decision tables whose cells are of our expression language: `read_decision` gives a `Decision` that decides."""

from bpmn.dmn.decision import Decision, HitPolicy
from bpmn.dmn.embed import embed
from bpmn.dmn.read import read_decision

__all__ = ["Decision", "HitPolicy", "embed", "read_decision"]

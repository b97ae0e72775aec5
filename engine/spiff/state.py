"""The stored form of an instance: its open tokens and what they need, nothing else.

Spec, predictions and finished tokens are not in it, so its size depends on what is open, not on what was.  What people
entered lies apart as plain JSON and is never read as structure.
"""

import json
from collections.abc import Mapping
from typing import Any

from engine.spiff.compile import Compiled
from engine.spiff.errors import StateMismatch, StepFailed
from engine.spiff.token import ROOT, Inner, Instance, Token, Workflow, plant

FORMAT = 1
LIBRARY = "SpiffWorkflow 3.2.0"


def dump(top: Instance, compiled: Compiled) -> bytes:
    """Return the state as UTF-8 JSON. Asks for a pruned instance."""
    inner = [
        {"within": parent, "spec": workflow.begun_as, "tokens": tokens(workflow)}
        for parent, workflow in top.subprocesses.items()
    ]
    state = {
        "format": FORMAT,
        "library": LIBRARY,
        "definition": compiled.sha256,
        "serial": top.serial,
        "ended_at": top.ended_at,
        "tokens": tokens(top),
        "inner": inner,
        "outcomes": top.outcomes,
        "variables": top.variables,
    }
    return encode(state)


_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def encode(value: object) -> bytes:
    """Return plain JSON.  Raises StepFailed for what JSON cannot hold."""
    try:
        return _encoder.encode(value).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise StepFailed("variables-not-json") from error


def tokens(workflow: Workflow) -> list[list[object]]:
    """Each token as [id, parent, spec, state, data], parents before children."""
    return [
        [token.id, token._parent, token.task_spec.name, token.state, token.internal_data]
        for token in workflow.tasks.values()
        if token.id != ROOT
    ]


def load(compiled: Compiled, state: bytes) -> Instance:
    """Bring an instance back.  Raises StateMismatch."""
    try:
        held = json.loads(state)
    except ValueError as error:
        raise StateMismatch("state-unreadable") from error
    if held.get("format") != FORMAT:
        raise StateMismatch("state-format", found=held.get("format"), known=FORMAT)
    if held["definition"] != compiled.sha256:
        raise StateMismatch("state-definition", found=held["definition"], expected=compiled.sha256)
    top = Instance(compiled.spec, compiled.subprocess_specs)
    top.serial, top.ended_at = held["serial"], held["ended_at"]
    top.outcomes, top.variables = held["outcomes"], held["variables"]
    restore(top, held["tokens"])
    for part in held["inner"]:
        restore_inner(top, part)
    return top


def restore_inner(top: Instance, part: Mapping[str, Any]) -> None:
    inner = Inner(top.subprocess_specs[part["spec"]], part["within"], top, deserializing=True)
    plant(inner)
    inner.begun_as = part["spec"]
    top.subprocesses[part["within"]] = inner
    restore(inner, part["tokens"])


def restore(workflow: Workflow, rows: list[list[Any]]) -> None:
    top = workflow.top_workflow
    for key, parent, spec, state, data in rows:
        token = Token(workflow, workflow.spec.task_specs[spec], workflow.tasks[parent], state=state, id=key)
        token.internal_data = data
        top.population += 1

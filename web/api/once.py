"""One effect for one request, however often it is sent."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from engine.idempotency import fingerprint, remember, remembered
from web.identity import actor
from web.request import now


def once(session: Session, asked: Sequence[object], act: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Act and answer; under an Idempotency-Key the same request gets the answer that it got before."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return act()
    before = remembered(session, key, by=actor(), request=fingerprint(*asked), at=now())
    if before is not None:
        return before
    answer = act()
    remember(session, key, answer, by=actor())
    return answer

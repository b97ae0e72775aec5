"""The demo town's own rule: who sits at the machine itself may look at it with anybody's eyes."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from procedures.commands.switch_person import is_demo
from procedures.demo.people import GUIDE
from procedures.queries.people import Face, faces
from web.languages import _
from web.request import now, reading

PROXY_HEADERS = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Household:
    """The officers of one unit, as the menu lists them."""

    name: str
    officers: Sequence[Face]


def may_switch() -> bool:
    """Whether this request comes from the machine itself, not through a proxy, to a demo town."""
    if any(header in request.headers for header in PROXY_HEADERS) or not from_here():
        return False
    with reading() as session:
        return is_demo(session)


def from_here() -> bool:
    """Whether both ends of the request are this machine; the name is asked too, against rebound host names."""
    name = request.host.rpartition(":")[0] or request.host
    return name in LOCAL_NAMES and ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104  # unknown is not here


def households() -> Sequence[Household]:
    """Everybody one may become: first who has a part in the guide, then by unit in the order of the town."""
    with reading() as session:
        people = faces(session, at=now())
    by_login = {each.login: each for each in people}
    guide = [by_login[login] for login in GUIDE if login in by_login]
    units: dict[str, list[Face]] = {_("Theo bài hướng dẫn"): guide}
    for each in people:
        if each not in guide:
            units.setdefault(each.unit, []).append(each)
    return [Household(name, officers) for name, officers in units.items()]

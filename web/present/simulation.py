"""Many cases of a version at once: what came out, each number with a sentence that explains it."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy.orm import Session

from bpmn.document import Document
from bpmn.draw import draw
from engine.calendar import calendar_of
from engine.errors import Refused
from engine.rehearsal import Stop
from engine.simulation import PositionResult, Result, StepResult, simulate
from engine.spiff import SpiffError, Uncompilable
from procedures.access import visible_version
from procedures.model.version import Version
from procedures.queries.people import Person
from web.languages import _
from web.moments import working
from web.present.assumptions import Assumptions, assumptions
from web.present.histogram import Bar, bars, histogram
from web.present.rehearsal import document_of
from web.present.stops import refused_words, stop_words
from web.sentences import sentence

PATIENCE = 8.0  # seconds that a request may simulate
DAY = 480  # working minutes


class TooLongError(Exception):
    """The simulation would take longer than a person waits for a page."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name and what it means."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out, ready to be shown."""

    result: Result
    figures: Sequence[Figure]
    bars: Sequence[Bar]
    histogram: str
    heat: str
    steps: Sequence[StepResult]
    positions: Sequence[PositionResult]
    bottleneck: str


@dataclass(frozen=True, slots=True)
class SimulationView:
    """Everything that the page shows. `refused` says why nothing was simulated."""

    version: Version
    given: Assumptions | None
    outcome: Outcome | None
    refused: str


def simulation_view(
    session: Session, code: str, number: int, form: Mapping[str, str], *, by: Person, at: datetime
) -> SimulationView:
    """Return the page, simulated where the form was sent. Raises `NotFound` also when the caller may not see it."""
    version = visible_version(session, code, number, by)
    document = document_of(version)
    calendar = calendar_of(session, version.procedure.unit.code)
    try:
        given = assumptions(session, document, version.procedure.unit.code, calendar, form=form, at=at)
    except Uncompilable as error:
        return SimulationView(version, None, None, refused_words(error, document))
    except (SpiffError, Refused) as error:
        return SimulationView(version, None, None, said_of(error, document))
    if not form:
        return SimulationView(version, given, None, "")
    try:
        result = simulate(document, calendar, given.scenario(at), progress=patience())
    except TooLongError:
        refused = _("Mô phỏng lâu hơn một trang có thể chờ. Hãy giảm số hồ sơ, hoặc dùng lệnh namro simulate.")
        return SimulationView(version, given, None, refused)
    except (SpiffError, Refused) as error:
        return SimulationView(version, given, None, said_of(error, document))
    return SimulationView(version, given, outcome_of(result, document), "")


def said_of(error: SpiffError | Refused, document: Document) -> str:
    """Why nothing was simulated."""
    if isinstance(error, Refused):
        return sentence(error.code, 422, error.facts)
    return stop_words(Stop(error.code, error.facts), document)


def patience(clock: Callable[[], float] = time.monotonic) -> Callable[[int], None]:
    """What is told of progress, and raises `TooLongError` when nobody would wait any longer."""
    until = clock() + PATIENCE

    def check(_done: int) -> None:
        if clock() > until:
            raise TooLongError

    return check


def outcome_of(result: Result, document: Document) -> Outcome:
    found = bars(result.leads)
    heat = {step.element: step.share for step in result.steps if step.share >= 0.005}
    return Outcome(
        result=result,
        figures=list(figures(result)),
        bars=found,
        histogram=histogram(found),
        heat=draw(document.root, heat=heat),
        steps=sorted(result.steps, key=lambda step: -step.share),
        positions=result.positions,
        bottleneck=bottleneck(result),
    )


def figures(result: Result) -> list[Figure]:
    """The numbers that answer most questions."""
    if result.lead is None or result.lead_days is None:
        return []
    lead = result.lead
    found = [
        Figure(_("Một nửa số hồ sơ"), time_of(lead.p50), _("Cứ 2 hồ sơ thì 1 hồ sơ xong trong khoảng này.")),
        Figure(_("9 trên 10 hồ sơ"), time_of(lead.p90), _("Cứ 10 hồ sơ thì 9 hồ sơ xong trong khoảng này.")),
        Figure(_("Lâu nhất"), time_of(lead.longest), _("Hồ sơ chậm nhất của lần mô phỏng.")),
        Figure(
            _("Theo lịch"),
            _("%(n)s ngày", n=number(result.lead_days.p90)),
            _("9 trên 10 hồ sơ xong trong số ngày này, kể cả ngày nghỉ."),
        ),
    ]
    if result.late is not None:
        found.append(
            Figure(_("Quá hạn"), percent(result.late), _("Phần hồ sơ xong sau thời hạn giải quyết của quy trình."))
        )
    found += [
        Figure(
            _("Cùng lúc đang làm"),
            number(result.mean_open),
            _("Bình quân có bấy nhiêu hồ sơ dở dang; nhiều nhất %(most)s.", most=result.most_open),
        ),
        Figure(_("Xong mỗi ngày"), number(result.per_day), _("Số hồ sơ xong trong một ngày làm việc.")),
    ]
    return found


def bottleneck(result: Result) -> str:
    """The bottleneck in a sentence or two; empty where no time passes at all."""
    found = result.bottleneck
    if found is None:
        return ""
    step = next(step for step in result.steps if step.element == found.element)
    position = next((each for each in result.positions if each.position == found.position), None)
    facts = {"step": f"{step.no}. {step.name}" if step.no else step.name, "share": percent(found.share)}
    if found.kind == "step" or position is None:
        return _("Không vị trí nào để hồ sơ chờ lâu; bước “%(step)s” chiếm nhiều thời gian nhất: %(share)s.", **facts)
    facts |= {"position": position.position, "officers": str(position.officers), "enough": str(position.enough)}
    if found.kind == "overload":
        return _(
            "%(position)s quá tải: việc đến nhiều hơn sức làm của %(officers)s người, hàng đợi chỉ dài thêm."
            " Hồ sơ mất %(share)s thời gian chờ ở đây, nhiều nhất tại bước “%(step)s”. Nên có %(enough)s người.",
            **facts,
        )
    if position.enough <= (position.officers or 0):
        return _(
            "Hồ sơ mất %(share)s thời gian chờ %(position)s (%(officers)s người), nhiều nhất tại bước “%(step)s”."
            " Số người đủ; hồ sơ chờ vì việc đến dồn từng lúc.",
            **facts,
        )
    return _(
        "Hồ sơ mất %(share)s thời gian chờ %(position)s (%(officers)s người), nhiều nhất tại bước “%(step)s”."
        " Với %(enough)s người thì bận không quá 85 %% thời gian.",
        **facts,
    )


def time_of(minutes: float) -> str:
    """Working minutes in words, rounded up to a quarter of an hour where they are many."""
    return working(ceil(minutes / 15) * 15 if minutes > DAY else ceil(minutes))


def number(value: float) -> str:
    """A number with one digit after the comma where that says anything."""
    return f"{value:,.1f}".removesuffix(".0").translate(str.maketrans(",.", ".,"))


def percent(share: float) -> str:
    return f"{number(share * 100)} %"

"""`namro run FILE`: a procedure played to its end on a virtual clock, without a database."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime

import click

from bpmn.document import Document
from bpmn.fiveclear import CONTINUE
from bpmn.folding import normal, same_text
from engine.virtual import PlayedStep, Trace, play
from engine.worktime import ZONE, WorkCalendar
from web.cli.files import moment_option
from web.cli.output import LANGUAGE, language_option, show, show_json
from web.cli.sources import read_procedure
from web.cli.texts import text

CLOCK = "%H:%M %d/%m/%Y"


def choices_option(context: click.Context, option: click.Parameter, value: Sequence[str]) -> list[tuple[str, str]]:
    """Read `--choose STEP=V1,V2`: a step and the outcomes of its successive visits, not yet told apart."""
    pairs = [normal(entry).partition("=") for entry in value]
    for step, found, outcomes in pairs:
        if not (found and step.strip() and outcomes.strip()):
            raise click.BadParameter(f"{step}{found}{outcomes}", context, option)
    return [(step.strip(), outcomes) for step, _, outcomes in pairs]


@click.command()
@click.argument("file", metavar="TỆP")
@click.option("--start", callback=moment_option, help="Thời điểm bắt đầu (ISO 8601); mặc định là bây giờ.")
@click.option("--choose", multiple=True, callback=choices_option, metavar="BƯỚC=KẾT-QUẢ,…", help="Kết quả của bước.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Dạng kết quả.")
@language_option
def run(file: str, start: datetime | None, choose: Sequence[tuple[str, str]], form: str) -> int:
    """Chạy thử một quy trình đến hết trên lịch làm việc, không cần cơ sở dữ liệu."""
    document = read_procedure(file).document
    known = {flow.name for process in document.processes.values() for flow in process.flows.values()}
    choices: dict[str, list[str]] = {}
    for step, outcomes in choose:
        choices.setdefault(step, []).extend(told_apart(outcomes, known))
    calendar = WorkCalendar.shipped()
    trace = play(document, start=start or datetime.now(UTC), choices=choices, calendar=calendar)
    if form == "json":
        show_json(trace.as_json())
    else:
        show("\n".join(_lines(trace, document)))
    return 0


def told_apart(outcomes: str, known: Collection[str]) -> list[str]:
    """Split at commas, but not inside a known outcome that has one itself."""
    pieces, found = outcomes.split(","), []
    while pieces:
        joined = [",".join(pieces[:count]).strip() for count in range(len(pieces), 0, -1)]
        written = next((each for each in joined if any(same_text(each, name) for name in known)), joined[-1])
        del pieces[: len(joined) - joined.index(written)]
        found.append(written)
    return found


def _lines(trace: Trace, document: Document) -> Iterator[str]:
    """One line a step, then the end."""
    for number, step in enumerate(trace.steps, 1):
        number_of = step.node.step.step_no if step.node.step is not None else ""
        yield f"{number_of or number:>4}. {_line(step)}"
    nodes = (node for process in document.processes.values() for node in process.nodes.values())
    name = next((node.name for node in nodes if node.id == trace.end), "")
    yield text(LANGUAGE.get(), "ended", end=name or trace.end, at=_clock(trace.ended_at))


def _line(step: PlayedStep) -> str:
    said = text(
        LANGUAGE.get(),
        "played",
        name=step.node.name or step.node.id,
        performer=step.performer or "—",
        opened=_clock(step.opened_at),
        due=_clock(step.due_at),
        done=_clock(step.completed_at),
    )
    usual = step.outcome is None or same_text(step.outcome, CONTINUE)
    return said if usual else f"{said} → {step.outcome}"


def _clock(moment: datetime | None) -> str:
    return "—" if moment is None else moment.astimezone(ZONE).strftime(CLOCK)

"""What a simulation found, for a person at the terminal."""

import shutil
from collections.abc import Iterator, Mapping
from textwrap import wrap

from engine.simulation import Measure, PositionResult, Result, Scenario, Spell, Spread, StepResult
from web.cli.columns import bar, columns
from web.cli.sources import Procedure
from web.cli.texts import text

DAY, HOUR = 480, 60  # working minutes
BAR = 12
STEP_HEAD = ("step", "performer", "visits", "waits", "works", "p90", "late-column", "heat")
WHY = {"overload": "sim-overload", "queue": "sim-queue-why"}
POSITION_HEAD = ("position", "officers", "load", "queue", "queue-longest", "waits", "enough")
NUMBERS = frozenset({2, 3, 4, 5, 6})


def as_text(result: Result, scenario: Scenario, procedure: Procedure, *, language: str) -> str:
    """Lead time, steps, positions and the bottleneck, with what was supposed."""
    said, processes = Words(language), procedure.document.processes.values()
    names = {node.id: node.name for process in processes for node in process.nodes.values()}
    width = max(80, min(140, shutil.get_terminal_size((110, 24)).columns))
    lines = [said.say("sim-title", title=procedure.table.title), *said.summary(result, scenario, names), ""]
    if result.steps:
        lines += [*columns(said.step_head, [said.step(step) for step in result.steps], right=NUMBERS, width=width), ""]
    if result.positions:
        rows = [said.position(position) for position in result.positions]
        lines += [*columns(said.position_head, rows, right=NUMBERS | {1}, width=width), ""]
    sentences = (*said.why(result), *said.notes(result, scenario))
    return "\n".join([*lines, *(part for each in sentences for part in wrap(each, width))])


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.step_head = [self.say(f"sim-{head}") for head in STEP_HEAD]
        self.position_head = [self.say(f"sim-{head}") for head in POSITION_HEAD]

    def say(self, key: str, **facts: object) -> str:
        return text(self.language, key, **facts)

    def summary(self, result: Result, scenario: Scenario, names: Mapping[str, str]) -> Iterator[str]:
        arrivals = scenario.arrivals
        yield self.say(
            "sim-supposed",
            cases=self.number(result.arrived),
            arrivals=self.say(f"sim-{arrivals.period}", count=self.number(float(arrivals.count))),
            pattern=self.say(f"sim-{arrivals.pattern}"),
            start=f"{result.started:%H:%M %d/%m/%Y}",
            seed=scenario.seed,
        )
        yield ""
        if result.lead is None or result.lead_days is None:
            yield self.say("sim-none")
            return
        late = self.say("sim-no-limit")
        if result.late is not None:
            late = self.say("sim-late-share", share=self.percent(result.late))
        facts = {
            "sim-lead": self.lead(result.lead),
            "sim-calendar": self.spread(result.lead_days, 1, "sim-calendar-days"),
            "sim-late": late,
            "sim-cases": self.cases(result),
            "sim-ends": self.ends(result, names),
        }
        widest = max(len(self.say(key)) for key in facts)
        for key, fact in facts.items():
            yield f"{self.say(key).ljust(widest)}  {fact}"

    def cases(self, result: Result) -> str:
        return self.say(
            "sim-counts",
            done=self.number(result.done),
            open=self.number(result.open),
            mean=self.number(result.mean_open),
            most=self.number(result.most_open),
            rate=self.number(result.per_day),
        )

    def ends(self, result: Result, names: Mapping[str, str]) -> str:
        parts = (
            f"{names.get(name) or name} {self.percent(count / max(1, result.done))}"
            for name, count in result.ends.items()
        )
        return " · ".join(parts)

    def step(self, step: StepResult) -> list[str]:
        return [
            f"{step.no}. {step.name}" if step.no else step.name or step.element,
            step.performer.partition(", ")[0],
            self.number(step.per_case),
            self.mean(step.waiting if step.kind == "task" else step.elapsed),
            self.mean(step.work if step.kind == "task" else None),
            self.time(step.elapsed.p90) if step.elapsed is not None else "",
            self.percent(step.late) if step.late is not None else "",
            f"{bar(step.share, BAR)} {self.percent(step.share)}",
        ]

    def position(self, position: PositionResult) -> list[str]:
        return [
            position.position,
            self.officers(position),
            self.percent(position.utilisation) if position.utilisation is not None else "",
            self.number(position.queue),
            self.number(position.queue_longest),
            self.mean(position.waiting),
            self.number(position.enough),
        ]

    def officers(self, position: PositionResult) -> str:
        return self.say("sim-as-many") if position.officers is None else self.number(position.officers)

    def why(self, result: Result) -> Iterator[str]:
        """The bottleneck, in a sentence."""
        found = result.bottleneck
        if found is None:
            return
        step = next(step for step in result.steps if step.element == found.element)
        facts = {"step": f"{step.no} ({step.name})" if step.no else step.name, "share": self.percent(found.share)}
        position = next((each for each in result.positions if each.position == found.position), None)
        if found.kind == "step" or position is None:
            said = self.say("sim-step-why", **facts)
        else:
            said = self.say(
                WHY[found.kind] if position.enough > (position.officers or 0) else "sim-chance-why",
                position=position.position,
                offered=self.percent(position.offered or 0),
                load=self.percent(position.utilisation or 0),
                officers=self.officers(position),
                enough=self.number(position.enough),
                **facts,
            )
        yield f"{self.say('sim-bottleneck')}: {said}"

    def notes(self, result: Result, scenario: Scenario) -> Iterator[str]:
        """What was supposed and what is not sure."""
        yield self.say("sim-day-is")
        if scenario.work is None:
            yield self.say("sim-whole")
        elif scenario.work.measure is Measure.SHARE:
            yield self.say("sim-assumed", work=self.spell(scenario.work))
        if result.provisional:
            yield self.say("sim-provisional")

    def spell(self, spell: Spell) -> str:
        return "–".join(dict.fromkeys(self.percent(each) for each in (spell.low, spell.high)))

    def lead(self, spread: Spread) -> str:
        days = spread.p90 >= DAY
        return self.spread(spread, DAY if days else HOUR, "sim-working-days" if days else "sim-working-hours")

    def spread(self, spread: Spread, size: int, unit: str) -> str:
        """A spread in units of so many of its own."""
        names = ("mean", "p50", "p90", "p95", "longest")
        figures = {name: self.number(getattr(spread, name) / size) for name in names}
        return self.say("sim-spread", unit=self.say(unit), **figures)

    def mean(self, spread: Spread | None) -> str:
        return "" if spread is None else self.time(spread.mean)

    def time(self, minutes: float) -> str:
        """Working minutes in the unit in which people would say them."""
        for size, key in ((DAY, "sim-days"), (HOUR, "sim-hours"), (1, "sim-minutes")):
            if minutes >= size:
                return self.say(key, count=self.number(minutes / size))
        return self.say("sim-minutes", count=self.number(minutes)) if minutes else "0"

    def percent(self, share: float) -> str:
        return f"{self.number(share * 100)} %" if self.language == "vi" else f"{self.number(share * 100)}%"

    def number(self, value: float) -> str:
        """A number with one digit after the comma where that says anything."""
        written = "<0.1" if 0 < value < 0.05 else f"{value:,.1f}".removesuffix(".0")
        return written.translate(str.maketrans(",.", ".,")) if self.language == "vi" else written

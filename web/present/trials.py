"""Try-outs that were kept: the facts that are stored, and how they are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.rehearsal import EntryKind, Rehearsal
from procedures.model.trial import Trial, TrialKind
from procedures.model.version import Version
from procedures.queries.trials import Kept, trials
from web.languages import _
from web.moments import moment
from web.present.assumptions import Assumptions
from web.present.simulation import Outcome, percent, time_of
from web.rehearsing import Script
from web.request import reading


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A kept try-out in words; `s` leads to the case as it was played, None for a simulation."""

    kept: Kept
    words: str
    s: str | None


def steps_facts(case: Rehearsal, script: Script) -> Mapping[str, object]:
    """What is kept of a case: how it was played, how long it took, where it ended."""
    due = case.case.due_at
    return {
        "script": script.packed(),
        "start": case.started_at.isoformat(),
        "at": case.at.isoformat(),
        "steps": sum(entry.kind is EntryKind.DONE for entry in case.entries),
        "late_steps": sum(entry.kind is EntryKind.DONE and entry.late for entry in case.entries),
        "finished": case.finished,
        "end": case.end.name if case.end is not None else "",
        "due": due.isoformat() if due is not None else None,
        "late": due is not None and case.at > due,
    }


def simulation_facts(given: Assumptions, out: Outcome) -> Mapping[str, object]:
    """What is kept of a simulation: what was supposed, and the numbers that answer most questions."""
    result = out.result
    lead = result.lead
    return {
        "supposed": given.scenario(result.started).as_json(),
        "done": result.done,
        "p50": lead.p50 if lead is not None else None,
        "p90": lead.p90 if lead is not None else None,
        "late": result.late,
        "bottleneck": out.bottleneck,
        "load": {each.position: each.utilisation for each in result.positions},
        "shares": {step.element: step.share for step in result.steps},
    }


def kept_trials(version: Version) -> Sequence[KeptLine]:
    """The kept try-outs of a version that the page already shows, the newest first."""
    with reading() as session:
        found = trials(session, version)
    return [KeptLine(each, words_of(each.trial), each.trial.facts.get("script")) for each in found]


def words_of(trial: Trial) -> str:
    facts = trial.facts
    if trial.kind == TrialKind.SIMULATION:
        late = _(", quá hạn %(share)s", share=percent(facts["late"])) if facts["late"] is not None else ""
        lead = (
            _(", 9 trên 10 hồ sơ xong trong %(time)s", time=time_of(facts["p90"])) if facts["p90"] is not None else ""
        )
        return _("Mô phỏng %(n)s hồ sơ", n=facts["done"]) + lead + late + "."
    span = {"start": at(facts["start"]), "end": at(facts["at"]), "n": facts["steps"]}
    said = _("Một hồ sơ từ %(start)s đến %(end)s, %(n)s bước", **span)
    if facts["late_steps"]:
        said += _(", %(n)s bước quá hạn", n=facts["late_steps"])
    if not facts["finished"]:
        return said + _(", chưa kết thúc.")
    ending = _(", kết thúc: %(name)s", name=facts["end"] or _("kết thúc"))
    return said + ending + (_(" (trễ hẹn).") if facts["late"] else ".")


def at(text: str) -> str:
    return moment(datetime.fromisoformat(text))

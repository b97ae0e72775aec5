"""Small changes of a draft's table that a person asks for by name."""

from dataclasses import replace

from bpmn.fiveclear import FiveClear, Performer, Step


def answer_for_all(table: FiveClear) -> FiveClear:
    """Let every performer without a responsibility answer for his own step; what is written stays."""
    return replace(table, steps=tuple(_answer(step) for step in table.steps))


def _answer(step: Step) -> Step:
    lead = step.performer
    if lead is None:
        return step
    supporters = tuple(_support(supporter, step) for supporter in step.co_performers)
    return replace(
        step, responsibility=step.responsibility or f"{lead.position} chịu trách nhiệm", co_performers=supporters
    )


def _support(supporter: Performer, step: Step) -> Performer:
    return (
        supporter
        if supporter.responsibility
        else replace(supporter, responsibility="Phối hợp, chịu trách nhiệm về phần việc của mình")
    )

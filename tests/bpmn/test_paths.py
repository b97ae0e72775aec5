"""Longest paths: parallel members, send-backs, shared blocks, sub-processes, the two families of time."""

import itertools
import random
from fractions import Fraction
from pathlib import Path

import pytest

from bpmn.document import read_document
from bpmn.graph import back_edges, forward, scopes
from bpmn.paths import Amount, PathTimes, path_times
from tests.bpmn.models import END, START, file_of, gateway, process_of, task

CORPUS = Path(__file__).parent.parent / "files" / "badinput"


def times(*lines: str) -> PathTimes:
    return path_times(process_of(START, END, *lines))


def test_steps_in_a_row_add_up() -> None:
    found = times(task("a", "1 working_day"), task("b", "4 working_hour"), "s -> a", "a -> b", "b -> e")

    assert (found.path_minutes, found.path_days) == (720, None)
    assert found.critical_path == ("a", "b")
    assert (found.opened["b"], found.due["b"]) == (Amount(480), Amount(720))


def test_of_parallel_members_the_longest_counts() -> None:
    found = times(
        gateway("split", "parallel"),
        gateway("join", "parallel"),
        task("a", "1 working_day"),
        task("b", "3 working_day"),
        *("s -> split", "split -> a", "split -> b", "a -> join", "b -> join", "join -> e"),
    )

    assert (found.path_minutes, found.critical_path) == (1440, ("b",))


def test_a_send_back_counts_nothing_on_the_path_and_its_bound_in_the_worst_case() -> None:
    lines = (
        task("a", "1 working_day"),
        task("b", "2 working_day"),
        gateway("x", default="f_x_e"),
        *("s -> a", "a -> b", "b -> x", "x -> e"),
    )
    once = times(*lines, "x -> a ? n > 1")
    back = '<bpmn:sequenceFlow id="back" name="chưa đạt (02 lần)" sourceRef="x" targetRef="a"/>'

    assert (once.path_minutes, once.worst_minutes) == (1440, 2880)
    assert times(*lines, back).worst_minutes == 1440 * 3


def test_a_detour_that_only_leads_back_is_no_path() -> None:
    found = times(
        task("a", "1 working_day"),
        task("mend", "9 working_day"),
        gateway("x", default="f_x_e"),
        *("s -> a", "a -> x", "x -> e", "x -> mend ? n > 1", "mend -> a"),
    )

    assert found.path_minutes == 480
    assert found.due["mend"] == Amount(480 * 10)


def test_a_shared_block_counts_once_on_whichever_way_it_is_met() -> None:
    found = times(
        gateway("x", default="f_x_a"),
        task("a", "2 working_day block=B"),
        task("b", "1 working_day"),
        task("c", "2 working_day block=B"),
        task("d", "2 working_day block=B"),
        *("s -> x", "x -> a", "x -> b ? n > 1", "a -> c", "b -> c", "c -> d", "d -> e"),
    )

    assert found.path_minutes == 3 * 480
    assert found.critical_path == ("b", "c", "d")


@pytest.mark.parametrize("unit", ["by_date", "same_day", "immediate", "office_hours", "not_counted"])
def test_units_that_do_not_add_up_count_nothing(unit: str) -> None:
    assert times(task("a", f"5 {unit}"), task("b", "1 half_day"), "s -> a", "a -> b", "b -> e").path_minutes == 240


def test_what_is_not_counted_counts_nothing_and_what_is_optional_counts() -> None:
    found = times(
        task("a", "5 working_day", counted="false"),
        task("b", "1 working_day", optional="true"),
        *("s -> a", "a -> b", "b -> e"),
    )

    assert found.path_minutes == 480


def test_calendar_days_keep_their_fractions() -> None:
    found = times(task("a", "0.5 calendar_day"), task("b", "3 calendar_day"), "s -> a", "a -> b", "b -> e")

    assert (found.path_minutes, found.path_days, found.worst_minutes) == (None, Fraction(7, 2), None)
    assert found.due["a"] == Amount(days=Fraction(1, 2))


def test_a_sub_process_is_taken_in_where_it_stands() -> None:
    inside = '<bpmn:subProcess id="sp"><bpmn:startEvent id="is"/><bpmn:endEvent id="ie"/>{}{}</bpmn:subProcess>'.format(
        task("i", "2 working_day"),
        '<bpmn:sequenceFlow id="f1" sourceRef="is" targetRef="i"/>'
        '<bpmn:sequenceFlow id="f2" sourceRef="i" targetRef="ie"/>',
    )
    found = times(task("a", "1 working_day"), inside, "s -> a", "a -> sp", "sp -> e")

    assert (found.path_minutes, found.critical_path) == (1440, ("a", "sp", "i"))
    assert found.opened["i"] == Amount(480)


def test_a_called_procedure_counts_in_the_worst_case_alone() -> None:
    process = process_of(START, END, '<bpmn:callActivity id="c" calledElement="Q"/>', "s -> c", "c -> e")
    called = {"Q": PathTimes(480, None, (), 960)}

    found = path_times(process, called)

    assert (found.path_minutes, found.worst_minutes) == (0, 960)


def test_the_silence_of_a_member_takes_as_long_as_the_member() -> None:
    found = times(
        task("a", "2 working_day"),
        '<bpmn:boundaryEvent id="b" attachedToRef="a"><bpmn:timerEventDefinition/></bpmn:boundaryEvent>',
        *("s -> a", "a -> e", "b -> e"),
    )

    assert found.path_minutes == 960
    assert found.opened["b"] == Amount(960)


@pytest.mark.parametrize("name", ["size/xor-chain-40.bpmn", "size/mesh-60.bpmn"])
def test_no_path_is_listed(name: str) -> None:
    document = read_document((CORPUS / name).read_bytes()).document

    assert document is not None
    assert path_times(document.processes["P"]).path_minutes == 0


def random_lines(dice: random.Random) -> list[str]:
    """Up to eight tasks, forward flows at random, some of them sharing a limit, a few send-backs."""
    names = [f"t{number}" for number in range(dice.randint(2, 8))]
    blocks = {"B": dice.randint(1, 5), "C": dice.randint(1, 5)}
    lines = [f"s -> {names[0]}", f"{names[-1]} -> e"]
    for name in names:
        block = dice.choice(["", "", "B", "C"])
        time = f"{blocks[block]} working_hour block={block}" if block else f"{dice.randint(0, 5)} working_hour"
        lines.append(task(name, time))
    lines += [f"{one} -> {two}" for one, two in itertools.pairwise(names)]
    for one, two in itertools.combinations(range(len(names)), 2):
        if two - one > 1 and dice.random() < 0.3:
            lines.append(f"{names[one]} -> {names[two]}")
        if dice.random() < 0.1:
            lines.append(f"{names[two]} -> {names[one]}")
    return lines


def enumerated(lines: list[str]) -> int:
    """The longest path by listing all paths without send-backs."""
    process = process_of(START, END, *lines)
    scope = scopes(process)["P"]
    after = forward(scope, back_edges(scope))
    longest, waiting = 0, [("s",)]
    while waiting:
        path = waiting.pop()
        if path[-1] == "e":
            steps = [process.nodes[node].step for node in path]
            limits = [step.duration for step in steps if step is not None and step.duration is not None]
            once = {limit.shared_block or str(at): limit.working_minutes or 0 for at, limit in enumerate(limits)}
            longest = max(longest, sum(once.values()))
        waiting.extend((*path, target) for target in after[path[-1]])
    return longest


@pytest.mark.parametrize("seed", range(150))
def test_the_longest_path_equals_plain_enumeration(seed: int) -> None:
    lines = random_lines(random.Random(seed))

    assert path_times(process_of(START, END, *lines)).path_minutes == enumerated(lines)


def test_a_process_without_start_or_end_has_times_all_the_same() -> None:
    document = read_document(file_of(task("a", "1 working_day"), task("b", "1 working_day"), "a -> b")).document

    assert document is not None
    assert path_times(document.processes["P"]).path_minutes == 960

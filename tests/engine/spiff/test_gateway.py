"""Gateways: what the library does wrong by itself, and what BPMN asks for."""

import pytest

from engine.spiff import Run, StepFailed
from tests.engine.spiff.models import AT, FixedClock, begin, do, model, open_elements

REWORK = model("s1>x1", "x1>p1", "p1>a", "p1>b", "a>p2", "b>p2", "p2>c", "c>x2", "x2>x1[again]", "x2>e1[default]")


def test_the_first_way_whose_condition_holds_is_taken() -> None:
    source = model("s1>x1", "x1>a[v > 10]", "x1>b[v > 5]", "x1>c[default]", "a>e1", "b>e1", "c>e1")

    assert [open_elements(begin(source, {"v": v})) for v in (20, 7, 1)] == [["a"], ["b"], ["c"]]


def test_a_condition_may_ask_for_an_outcome_whatever_its_case_and_form() -> None:
    asked = 'ket_qua("a") == "Không đồng ý"'
    run = begin(model("s1>a", "a>x1", f"x1>b[{asked}]", "x1>c[default]", "b>e1", "c>e1"))

    assert open_elements(do(run, "a", "không đồng ý ")) == ["b"]


def test_an_exclusive_gateway_without_a_way_fails_the_step() -> None:
    with pytest.raises(StepFailed) as failed:
        begin(model("s1>x1", "x1>a[v == 1]", "x1>b[v == 2]", "a>e1", "b>e1"), {"v": 3})

    assert (failed.value.code, failed.value.element) == ("no-way-out", "x1")


def test_an_unknown_name_fails_the_step_at_its_flow() -> None:
    with pytest.raises(StepFailed) as failed:
        begin(model("s1>x1", "x1>a[v == 1]", "x1>b[default]", "a>e1", "b>e1"))

    assert (failed.value.code, failed.value.element) == ("unknown-name", "P_f1")


def test_a_step_that_fails_leaves_what_is_stored_untouched() -> None:
    run = begin(model("s1>a", "a>x1", "x1>b[v == 1]", "x1>c[default]", "b>e1", "c>e1"))
    stored = run.dump()

    with pytest.raises(StepFailed):
        run.complete(run.waiting()[0].key, None, None, AT)

    assert open_elements(do(Run.load(run.compiled, stored, FixedClock()), "a", variables={"v": 1})) == ["b"]


def test_a_parallel_join_waits_for_every_branch() -> None:
    run = begin(REWORK, {"again": False})

    run = do(run, "b")
    assert open_elements(run) == ["a"]
    assert open_elements(do(run, "a")) == ["c"]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_parallel_join_in_a_rework_loop_waits_again_in_every_round(order: tuple[str, str]) -> None:
    run = begin(REWORK, {"again": True})
    for task in ("a", "b", "c"):
        run = do(run, task)

    run = do(run, order[0])
    assert open_elements(run) == [order[1]]

    run = do(do(run, order[1]), "c", variables={"again": False})
    assert run.finished


def test_a_loop_back_straight_into_a_parallel_join_keeps_its_tokens() -> None:
    run = begin(
        model("s1>p1", "p1>a", "p1>b", "a>p2", "b>p2", "p2>c", "c>x1", "x1>a[again]", "x1>e1[default]"), {"again": True}
    )
    run = do(do(do(run, "a"), "b"), "c")

    assert open_elements(run) == ["a"]

    with pytest.raises(StepFailed) as dead:
        do(run, "a")
    assert (dead.value.code, dead.value.element) == ("dead-end", "p2")


def test_two_flows_from_one_gateway_straight_into_a_join_are_two_tokens() -> None:
    run = begin(model("s1>p1", "p1>p2", "p1>p2", "p1>a", "a>p2", "p2>b", "b>e1"))

    assert open_elements(run) == ["a"]
    assert open_elements(do(run, "a")) == ["b"]


def test_several_flows_out_of_a_task_go_in_parallel() -> None:
    assert open_elements(do(begin(model("s1>t", "t>a", "t>b", "a>e1", "b>e1")), "t")) == ["a", "b"]


def test_several_flows_into_a_task_open_it_once_for_each_token() -> None:
    run = do(begin(model("s1>p1", "p1>a", "p1>b", "a>c", "b>c", "c>e1")), "a")

    assert open_elements(run) == ["b", "c"]
    assert open_elements(do(run, "b")) == ["c", "c"]


INCLUSIVE = model("s1>o1", "o1>a[x]", "o1>b[y]", "o1>c[default]", "a>o2", "b>o2", "c>o2", "o2>d", "d>e1")


def test_an_inclusive_gateway_takes_every_way_that_holds_or_else_the_default() -> None:
    said = [begin(INCLUSIVE, {"x": x, "y": y}) for x, y in ((True, True), (True, False), (False, False))]

    assert [open_elements(run) for run in said] == [["a", "b"], ["a"], ["c"]]


def test_an_inclusive_join_waits_for_the_branches_that_were_taken() -> None:
    both = do(begin(INCLUSIVE, {"x": True, "y": True}), "b")

    assert open_elements(both) == ["a"]
    assert open_elements(do(both, "a")) == ["d"]
    assert open_elements(do(begin(INCLUSIVE, {"x": True, "y": False}), "a")) == ["d"]


def test_an_inclusive_join_waits_for_a_token_that_can_still_come_by_another_way() -> None:
    run = begin(
        model("s1>p1", "p1>a", "p1>b", "a>o1", "b>x1", "x1>o1[v == 1]", "x1>c[default]", "o1>d", "d>e1", "c>e1"),
        {"v": 2},
    )

    run = do(run, "a")
    assert open_elements(run) == ["b"]
    assert open_elements(do(run, "b")) == ["c", "d"]


def test_an_inclusive_join_in_a_loop_waits_again_in_every_round() -> None:
    run = begin(
        model(
            "s1>x1",
            "x1>o1",
            "o1>a[True]",
            "o1>b[y]",
            "o1>c[default]",
            "a>o2",
            "b>o2",
            "c>o2",
            "o2>d",
            "d>x2",
            "x2>x1[again]",
            "x2>e1[default]",
        ),
        {"y": True, "again": True},
    )
    for task in ("a", "b", "d"):
        run = do(run, task)

    run = do(run, "b")
    assert open_elements(run) == ["a"]
    assert open_elements(do(run, "a")) == ["d"]

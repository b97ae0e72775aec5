"""Random five-clear tables, and random edits of a table."""

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

from hypothesis import strategies as st

from bpmn.fiveclear import Branch, Duration, FiveClear, Performer, Step, TimeUnit

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)
texts = words.map(lambda text: normalize("NFC", text)).filter(lambda text: text.strip() == text and text != "")
maybe = st.none() | texts
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["x", "ý"]), inner, max_size=2),
    max_leaves=4,
)
extras = st.dictionaries(texts.map("x_".__add__), plain, max_size=2)
mappings = st.fixed_dictionaries(
    {"name": texts},
    optional={"unit": texts, "value": st.integers(0, 99) | st.floats(0, 9, width=16), "qty": st.none(), "x": plain},
)
performers = st.builds(Performer, texts, unit=maybe, person=maybe, responsibility=maybe, substitute=maybe, extra=extras)
durations = st.builds(
    Duration,
    texts,
    st.sampled_from(TimeUnit),
    value=st.fractions(0, 100, max_denominator=16),
    date=maybe,
    shared_block=maybe,
    extra=extras,
)
numbers = st.lists(
    st.from_regex(r"[IV]{0,3}[1-9][0-9]?(\.[1-9])?[a-c]?", fullmatch=True), min_size=1, max_size=7, unique=True
)
steps = st.builds(
    Step,
    step_no=st.just(""),
    name=texts,
    performer=st.none() | performers,
    co_performers=st.lists(performers, max_size=2).map(tuple),
    duration=st.none() | durations,
    output=maybe,
    forms=st.lists(texts, max_size=2).map(tuple),
    responsibility=maybe,
    type=st.none() | st.sampled_from(["decision", "wait", "external"]),
    parallel_group=st.none() | st.sampled_from(["g", "Góp ý"]),
    multi_instance=st.none()
    | st.fixed_dictionaries({"over": texts, "mode": st.sampled_from(["parallel", "sequential"])}),
    phase=maybe,
    optional=st.booleans(),
    counted=st.booleans(),
    description=maybe,
    note=maybe,
    authority=maybe,
    product=maybe,
    different_from=maybe,
    same_as=maybe,
    act=maybe,
    extra=extras,
)
ENDINGS = [
    "end_rejected",
    "end_filed",
    "end_1",
    "wait_citizen",
    "wait_unit",
    "complaint_subprocess",
    "call:QT-02",
    "apologize",
    "99",
]


@st.composite
def tables(draw: st.DrawFn) -> FiveClear:
    found = draw(numbers)
    rows = tuple(replace(draw(steps), step_no=number) for number in found)
    branches = st.builds(
        Branch,
        at=st.sampled_from([*found, "any", "77"]),
        condition=texts,
        goto=st.sampled_from([*found, *ENDINGS]),
        clock=st.sampled_from(["continue", "pause", "restart", "stop"]),
        form=maybe,
        note=maybe | st.just("silent_consent"),
        extra=extras,
    )
    return FiveClear(
        title=draw(texts),
        steps=rows,
        branches=tuple(draw(st.lists(branches, max_size=6))),
        code=draw(maybe),
        kind=draw(st.sampled_from([None, "tthc", "internal"])),
        unit_code=draw(maybe),
        unit_name=draw(maybe),
        field_of_work=draw(maybe),
        legal_basis=tuple(draw(st.lists(texts | mappings, max_size=2))),
        recurrence=draw(st.none() | texts | mappings),
        windows=tuple(draw(st.lists(mappings, max_size=1))),
        inputs=tuple(draw(st.lists(mappings, max_size=2))),
        statutory_limit=draw(st.none() | mappings),
        stated_total=draw(st.none() | mappings),
        extra=draw(extras),
    )


@st.composite
def edits(draw: st.DrawFn, table: FiveClear) -> FiveClear:
    """The table after a few edits as people make them: rows and branches changed, added, removed, moved."""
    for _ in range(draw(st.integers(1, 3))):
        table = draw(edit_rows(table) if draw(st.booleans()) else edit_branches(table))
    return table


@st.composite
def edit_rows(draw: st.DrawFn, table: FiveClear) -> FiveClear:
    rows = list(table.steps)
    at = draw(st.integers(0, len(rows) - 1))
    kind = draw(st.sampled_from(["change", "performer", "add", "remove", "move", "group", "renumber"]))
    fresh = replace(draw(steps), step_no=draw(st.sampled_from(["88", "88a", "IX.1"])))
    if kind == "add" and fresh.step_no not in {row.step_no for row in rows}:
        rows.insert(at, fresh)
    elif kind == "remove" and len(rows) > 1:
        del rows[at]
    elif kind == "move":
        rows.append(rows.pop(at))
    elif kind == "renumber" and fresh.step_no not in {row.step_no for row in rows}:
        rows[at] = replace(rows[at], step_no=fresh.step_no)
    elif kind == "group":
        rows[at] = replace(rows[at], parallel_group=draw(st.sampled_from([None, "g", "h"])))
    elif kind == "performer":
        rows[at] = replace(rows[at], performer=fresh.performer)
    else:
        rows[at] = replace(fresh, step_no=rows[at].step_no, id=rows[at].id)
    return replace(table, steps=tuple(rows))


@st.composite
def edit_branches(draw: st.DrawFn, table: FiveClear) -> FiveClear:
    found = list(table.branches)
    fresh = draw(branches_of(table.steps))
    kind = draw(st.sampled_from(["add", "remove", "change", "condition", "goto", "move"]))
    if kind == "add" or not found:
        return replace(table, branches=(*found[:1], fresh, *found[1:]))
    at = draw(st.integers(0, len(found) - 1))
    if kind == "remove":
        del found[at]
    elif kind == "move":
        found.append(found.pop(at))
    elif kind == "change":
        found[at] = fresh
    else:
        found[at] = replace(found[at], **{kind: getattr(fresh, kind)})
    return replace(table, branches=tuple(found))


def branches_of(rows: Sequence[Step]) -> st.SearchStrategy[Branch]:
    numbered = [row.step_no for row in rows]
    return st.builds(
        Branch,
        at=st.sampled_from(numbered),
        condition=texts,
        goto=st.sampled_from([*numbered, *ENDINGS]),
        clock=st.sampled_from(["continue", "pause"]),
        note=st.none() | st.just("silent_consent"),
        extra=extras,
    )

"""Changes of a draft by several people: what each did is kept, taken back alone, or told where they disagree."""

from collections.abc import Iterator, Sequence

import pytest

from bpmn.convert import bpmn_to_table
from bpmn.document import Document, read_document
from bpmn.editing import AddRow, Edit, JoinRows, RemoveRow, SetField, SetHead
from bpmn.errors import EditError
from bpmn.fiveclear import FiveClear
from procedures.commands.create_procedure import NewProcedure, create_procedure
from procedures.commands.save_draft import Draft, save_draft
from procedures.demo.shipped import library
from procedures.evidence import Gate
from procedures.queries.catalogue import draft
from procedures.queries.people import Person, organisation, person_by_login
from procedures.uploads import of_source
from tests.visitors import AUTHOR, NOW, Website
from web.editing import NothingToUndo, Saved, edit_diagram, edit_table, flow_faults, seen_at, take_back
from web.request import now, reading, transaction

CODE = "QT-TCKH-77"


@pytest.fixture
def author(website: Website) -> Iterator[Person]:
    """The author of a draft at revision 1, inside the application."""
    with website.app.app_context():
        with transaction() as session:
            by = person_by_login(session, AUTHOR, at=NOW)
            upload = of_source(library("TCKH/QT-TCKH-01.bpmn"), Gate(organisation(session, at=NOW), NOW))
            create_procedure(session, NewProcedure(CODE, "Quy trình thử", "TCKH"), by=by, at=now())
            save_draft(session, CODE, Draft(upload.source, upload.evidence), by=by, at=now())
        yield by


@pytest.fixture
def colleague(author: Person) -> Person:
    with reading() as session:
        return person_by_login(session, "tckh.truong-phong", at=NOW)


def document(by: Person) -> Document:
    with reading() as session:
        found = read_document(draft(session, CODE, by).source.encode()).document
    assert found is not None
    return found


def table(by: Person) -> FiveClear:
    return bpmn_to_table(document(by))


def edit(revision: int, edits: Sequence[Edit], *, by: Person) -> Saved:
    """Edit the table as it was at a revision."""
    return edit_table(CODE, seen_at(CODE, revision, by=by), edits, by=by)


def row(by: Person, at: int) -> str:
    return table(by).steps[at].id or ""


def test_a_cell_is_saved_as_the_next_revision(author: Person) -> None:
    saved = edit(1, [SetField(row(author, 0), "note", "Theo mẫu mới")], by=author)

    assert (saved.draft.revision, saved.conflicts) == (2, ())
    assert table(author).steps[0].note == "Theo mẫu mới"


def test_an_edit_that_changes_nothing_saves_nothing(author: Person) -> None:
    saved = edit(1, [SetField(row(author, 0), "name", table(author).steps[0].name)], by=author)

    assert saved.draft.revision == 1


def test_two_who_saw_the_same_revision_lose_nothing(author: Person, colleague: Person) -> None:
    first, second = row(author, 0), row(author, 1)

    edit(1, [SetField(first, "note", "của người soạn")], by=author)
    edit(1, [SetField(first, "output", "Phiếu"), SetField(second, "note", "của trưởng phòng")], by=colleague)
    saved = edit(1, [AddRow(first, {"name": "Ghi sổ theo dõi"})], by=author)

    steps = {step.id: step for step in table(author).steps}
    assert (steps[first].note, steps[first].output, steps[second].note) == (
        "của người soạn",
        "Phiếu",
        "của trưởng phòng",
    )
    assert [step.name for step in table(author).steps][1] == "Ghi sổ theo dõi"
    assert saved.draft.revision == 4


def test_one_cell_written_by_two_keeps_the_first_and_tells_the_second(author: Person, colleague: Person) -> None:
    place = row(author, 0)

    edit(1, [SetField(place, "name", "Nhận hồ sơ")], by=author)
    saved = edit(1, [SetField(place, "name", "Tiếp nhận đơn")], by=colleague)

    (conflict,) = saved.conflicts
    assert (conflict.element, conflict.mine, conflict.theirs) == (place, "Tiếp nhận đơn", "Nhận hồ sơ")
    assert table(author).steps[0].name == "Nhận hồ sơ"


def test_a_diagram_drawn_over_an_old_revision_comes_together_with_the_table(author: Person, colleague: Person) -> None:
    drawn = document(author).canonical().replace(b'x="', b'x="1', 1)
    edit(1, [SetField(row(author, 0), "note", "của người soạn")], by=author)

    saved = edit_diagram(CODE, 1, drawn, by=colleague)

    assert not saved.conflicts
    assert table(author).steps[0].note == "của người soạn"
    assert b'x="1' in document(author).canonical()


def test_two_rows_added_behind_the_same_row_both_stand_in_the_flow(author: Person, colleague: Person) -> None:
    place = row(author, 0)

    edit(1, [AddRow(place, {"name": "Ghi sổ"}, id="step_a1")], by=author)
    edit(1, [AddRow(place, {"name": "Báo lãnh đạo"}, id="step_b2")], by=colleague)

    steps = table(author).steps
    assert [step.name for step in steps][1:3] == ["Báo lãnh đạo", "Ghi sổ"]
    assert [step.step_no for step in steps] == [str(at) for at in range(1, len(steps) + 1)]


def test_undo_takes_back_ones_own_change_and_leaves_the_others(author: Person, colleague: Person) -> None:
    first, second = row(author, 0), row(author, 1)
    before = table(author).steps[0].name
    edit(1, [SetField(first, "name", "Nhận hồ sơ")], by=author)
    edit(2, [SetField(second, "note", "của trưởng phòng")], by=colleague)

    take_back(CODE, by=author)

    steps = table(author).steps
    assert (steps[0].name, steps[1].note) == (before, "của trưởng phòng")


def test_undo_and_redo_walk_back_and_forth(author: Person) -> None:
    place = row(author, 0)
    names = [table(author).steps[0].name, "Một", "Hai", "Ba"]
    for revision, name in enumerate(names[1:], 1):
        edit(revision, [SetField(place, "name", name)], by=author)

    seen = []
    for redo in (False, False, True, False, False, True, True, True):
        take_back(CODE, by=author, redo=redo)
        seen.append(names.index(table(author).steps[0].name))

    assert seen == [2, 1, 2, 1, 0, 1, 2, 3]
    with pytest.raises(NothingToUndo):
        take_back(CODE, by=author, redo=True)


def test_a_new_change_ends_the_redo(author: Person) -> None:
    place = row(author, 0)
    edit(1, [SetField(place, "name", "Một")], by=author)
    take_back(CODE, by=author)
    edit(3, [SetField(place, "note", "ghi chú")], by=author)

    with pytest.raises(NothingToUndo):
        take_back(CODE, by=author, redo=True)


def test_the_first_save_cannot_be_undone(author: Person) -> None:
    with pytest.raises(NothingToUndo):
        take_back(CODE, by=author)


def test_an_edit_of_a_row_that_a_colleague_took_out_is_told(author: Person, colleague: Person) -> None:
    place = row(author, 1)
    edit(1, [RemoveRow(place)], by=colleague)

    saved = edit(1, [SetField(place, "note", "vẫn cần")], by=author)

    assert place in {conflict.element for conflict in saved.conflicts}
    assert "vẫn cần" in {step.note for step in table(author).steps}
    with pytest.raises(EditError):
        edit(saved.draft.revision, [SetField("step_unknown", "note", "?")], by=author)


def title(by: Person) -> tuple[str, str]:
    """The name of the procedure, and the one that its draft says."""
    with reading() as session:
        return draft(session, CODE, by).procedure.title, table(by).title


def test_a_new_name_is_that_of_the_procedure_and_is_taken_back(author: Person) -> None:
    edit(1, [SetField(row(author, 0), "note", "Theo mẫu mới")], by=author)

    edit(2, [SetHead("title", "Đăng ký lại hộ kinh doanh")], by=author)
    named = title(author)
    take_back(CODE, by=author)

    assert named == ("Đăng ký lại hộ kinh doanh",) * 2
    assert title(author) == ("Quy trình thử",) * 2


def test_a_later_version_keeps_the_name_of_the_procedure(website: Website) -> None:
    code = "QT-TCKH-01"
    website.browser(AUTHOR).post(f"/quy-trinh/{code}/ban-moi")
    with website.app.app_context():
        with reading() as session:
            by = person_by_login(session, AUTHOR, at=NOW)

        edit_table(
            code,
            seen_at(code, 1, by=by),
            [SetHead("title", "Việc khác"), SetHead("field_of_work", "Kinh doanh")],
            by=by,
        )

        with reading() as session:
            version = draft(session, code, by)
    assert (version.revision, version.procedure.title) == (2, "Đăng ký thành lập hộ kinh doanh")
    assert "Việc khác" not in version.source


def test_a_change_that_is_sent_again_under_its_key_is_made_once(author: Person) -> None:
    base = seen_at(CODE, 1, by=author)
    new = [AddRow(after=row(author, 0), values={"name": "Kiểm tra lại"})]

    first = edit_table(CODE, base, new, by=author, key="a")
    again = edit_table(CODE, base, new, by=author, key="a")
    undone = [take_back(CODE, by=author, key="b"), take_back(CODE, by=author, key="b")]

    assert again.draft.revision == first.draft.revision == 2
    assert [each.draft.revision for each in undone] == [3, 3]
    assert table(author).steps == base.table.steps


def test_what_two_wrote_in_one_place_is_told_again_where_the_first_answer_was_lost(
    author: Person, colleague: Person
) -> None:
    place = row(author, 0)
    edit(1, [SetField(place, "name", "Nhận hồ sơ")], by=author)
    base = seen_at(CODE, 1, by=colleague)
    written = [SetField(place, "name", "Tiếp nhận đơn"), SetField(place, "note", "theo mẫu mới")]

    first = edit_table(CODE, base, written, by=colleague, key="a")
    again = edit_table(CODE, base, written, by=colleague, key="a")

    assert again.draft.revision == first.draft.revision
    assert list(again.conflicts) == list(first.conflicts)
    assert [each.mine for each in again.conflicts] == ["Tiếp nhận đơn"]


def test_a_row_is_not_taken_out_in_silence_under_what_a_colleague_wrote(author: Person, colleague: Person) -> None:
    place = row(author, 1)
    edit(1, [SetField(place, "note", "vẫn cần")], by=colleague)

    saved = edit(1, [RemoveRow(place)], by=author)

    assert place in {conflict.element for conflict in saved.conflicts}
    assert "vẫn cần" in {step.note for step in table(author).steps}


def test_rows_are_put_together_as_they_were_seen(author: Person, colleague: Person) -> None:
    first, second, third = (row(author, at) for at in range(3))
    names = [step.name for step in table(author).steps]
    edit(1, [AddRow(first, {"name": "Ghi sổ"}, id="step_a1")], by=colleague)

    edit(1, [JoinRows(first)], by=author)

    steps = table(author).steps
    assert [step.id for step in steps][:3] == [first, "step_a1", third]
    assert [step.name for step in steps][:2] == [f"{names[0]}; {names[1]}", "Ghi sổ"]
    assert second not in {step.id for step in steps}


def test_an_undo_leaves_the_flow_whole_where_a_colleague_built_on_it(author: Person, colleague: Person) -> None:
    place, count = row(author, 0), len(table(author).steps)
    edit(1, [AddRow(place, {"name": "Ghi sổ"}, id="step_a1")], by=author)
    edit(2, [AddRow("step_a1", {"name": "Báo lãnh đạo"}, id="step_b2")], by=colleague)

    take_back(CODE, by=author)

    steps = table(author).steps
    assert [step.name for step in steps][1] == "Báo lãnh đạo"
    assert [step.step_no for step in steps] == [str(at) for at in range(1, count + 2)]
    assert flow_faults(document(author)) == frozenset()

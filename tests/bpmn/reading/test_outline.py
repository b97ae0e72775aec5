"""What a file offers to be read, and mappings by hand and by habit."""

from dataclasses import replace

from bpmn.office.grid import Cell, Grid, OfficeFile, Paragraph
from bpmn.reading.outline import by_habit, first_guess, guess, outline, with_fields
from bpmn.reading.recognise import read_blocks

HEADER = ("TT", "Nội dung công việc", "Người thực hiện", "Thời gian")
STEPS = (
    ("1", "Tiếp nhận hồ sơ", "Văn thư", "2 giờ"),
    ("2", "Thẩm định hồ sơ", "Chuyên viên", "1 ngày"),
    ("3", "Ký quyết định", "Chủ tịch", "4 giờ"),
)
STRANGE = ("Mục", "Phần hành", "Cấp nào", "Mức")


def grid(*rows: tuple[str, ...], name: str = "1") -> Grid:
    cells = [Cell(at, column, text, {}) for at, row in enumerate(rows) for column, text in enumerate(row) if text]
    return Grid(name, tuple(cells))


def file(*blocks: Grid | Paragraph) -> OfficeFile:
    return OfficeFile(blocks)


def test_every_table_is_offered_and_those_of_steps_are_told() -> None:
    offered = file(grid(("UBND", "Độc lập")), Paragraph("Cấp phép xây dựng", 1), grid(HEADER, *STEPS))
    mapping = read_blocks(offered).mapping
    assert mapping is not None

    seen = outline(offered, mapping)

    assert seen is not None
    assert [(table.number, table.steps) for table in seen.tables] == [(0, False), (1, True)]
    assert seen.tables[1].title == "Cấp phép xây dựng"
    assert seen.grid.rows == 4


def test_a_table_that_goes_on_is_named_with_the_first() -> None:
    offered = file(grid(HEADER, *STEPS[:2]), grid(HEADER, *STEPS[2:]))
    mapping = read_blocks(offered).mapping
    assert mapping is not None

    apart = replace(mapping, joined=())

    assert mapping.joined == (1,)
    for each in (mapping, apart):
        seen = outline(offered, each)
        assert seen is not None
        assert seen.goes_on == (1,)


def test_a_mapping_beyond_the_file_has_no_outline() -> None:
    offered = file(grid(HEADER, *STEPS))
    mapping = read_blocks(offered).mapping
    assert mapping is not None

    assert outline(offered, replace(mapping, table=7)) is None


def test_a_guess_names_what_words_and_cells_suggest_under_any_header() -> None:
    offered = file(grid(("Năm 2026", "", "", ""), HEADER, *STEPS))

    assert guess(offered, 0).header_rows == (1,)
    assert guess(offered, 0, header=(0,)).header_rows == (0,)
    assert guess(offered, 0).field_of(2) == "performer"


def test_a_table_on_its_side_is_guessed_turned() -> None:
    offered = file(grid(*zip(STRANGE, *STEPS, strict=True)))

    mapping = guess(offered, 0, on_side=True, header=(0,))

    assert mapping.turned
    assert [column.header for column in mapping.columns] == list(STRANGE)


def test_a_file_without_tables_offers_no_guess() -> None:
    assert first_guess(file(Paragraph("Kính gửi", 1))) is None


def test_a_field_that_was_said_leaves_the_column_it_was_guessed_in() -> None:
    mapping = guess(file(grid(HEADER, *STEPS)), 0)

    said = with_fields(mapping, {"tt": "performer", "thoi gian": ""})

    assert [column.field for column in said.columns] == ["performer", "name", None, None]


def test_words_said_before_are_a_header_where_the_reader_knows_none() -> None:
    offered = file(grid(STRANGE, *(("", name, who, "") for _, name, who, _ in STEPS)))
    assert read_blocks(offered).table is None

    mapping = by_habit(offered, {"phan hanh": "name", "cap nao": "performer"})

    assert mapping is not None
    table = read_blocks(offered, mapping=mapping).table
    assert table is not None
    assert [step.name for step in table.steps] == [name for _, name, _, _ in STEPS]


def test_one_word_said_before_makes_no_header() -> None:
    offered = file(grid(STRANGE, *STEPS))

    assert by_habit(offered, {"phan hanh": "name"}) is None

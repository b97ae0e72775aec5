"""From a file to a draft over the pages: looked at, corrected, remembered, saved, let go."""

import re
from datetime import timedelta
from io import BytesIO

from bpmn.convert import write_table
from tests.visitors import AUTHOR, Browser, Website, plain
from tests.web.bringing import (
    DRAFT,
    KNOWN,
    OTHER_UNIT,
    ROWS,
    STRANGE,
    brought,
    controls,
    sheet,
    table_of,
    with_draft,
    workbook,
)


def test_a_file_that_is_understood_needs_one_more_click(website: Website, author: Browser) -> None:
    address = brought(author, sheet(KNOWN))

    saved = author.post(f"{address}/luu", {"code": "QT-MOI", "title": "Quy trình mới", "unit": "TCKH"})

    assert saved.location == "/quy-trinh/QT-MOI/soan"
    assert [step.name for step in table_of(website, "QT-MOI").steps] == [row[1] for row in ROWS]
    assert author.get(address).status_code == 404


def test_nothing_is_a_draft_before_somebody_saves_it(author: Browser) -> None:
    address = brought(author, sheet(KNOWN), code="QT-MOI", title="Quy trình mới")

    shown = author.text(address)

    assert "Đọc được 3 bước" in shown
    assert author.get("/quy-trinh/QT-MOI").status_code == 404
    assert author.post(f"{address}/bo").status_code == 303
    assert author.get(address).status_code == 404


def test_columns_headed_by_unknown_words_are_named_by_a_person(website: Website, author: Browser) -> None:
    address = brought(author, sheet(STRANGE, [(row[1], row[4], "x", "", row[2]) for row in ROWS]))
    assert "Chưa đọc được bước nào" in author.text(address)

    chosen = {"column-0": "name", "column-4": "performer", "column-1": "output"}
    author.post(address, controls(author.get(address).text) | chosen)

    assert "Đọc được 3 bước" in author.text(address)
    author.post(f"{address}/luu", {"code": "QT-MOI", "title": "Quy trình mới"})
    first = table_of(website, "QT-MOI").steps[0]
    assert (first.name, first.performer and first.performer.position) == ("Tiếp nhận hồ sơ", "Văn thư phòng")


def test_what_was_corrected_is_looked_at_before_it_is_saved(author: Browser) -> None:
    address = brought(author, sheet(KNOWN), code="QT-MOI", title="Quy trình mới")

    sent = author.post(f"{address}/luu", controls(author.get(address).text) | {"column-4": "note"})

    assert sent.location == address
    assert author.get("/quy-trinh/QT-MOI").status_code == 404
    assert controls(author.get(address).text)["column-4"] == "note"
    assert author.post(f"{address}/luu", controls(author.get(address).text)).location == "/quy-trinh/QT-MOI/soan"


def test_a_field_that_is_given_to_a_column_leaves_the_one_it_was_in(author: Browser) -> None:
    address = brought(author, sheet(KNOWN))

    author.post(address, controls(author.get(address).text) | {"column-4": "performer"})

    after = controls(author.get(address).text)
    assert (after["column-4"], after["column-2"]) == ("performer", "")


def corrected(author: Browser, code: str, **said: str) -> None:
    """Save a file whose last column is a note rather than a result."""
    address = brought(author, sheet(KNOWN))
    author.post(address, controls(author.get(address).text) | {"column-4": "note"} | said)
    saved = author.post(f"{address}/luu", {"code": code, "title": "Quy trình mới"})
    assert saved.location == f"/quy-trinh/{code}/soan"


def test_a_correction_is_used_for_the_next_file_of_the_unit(author: Browser) -> None:
    corrected(author, "QT-MOI")

    shown = author.get(brought(author, sheet(("Kết quả", *KNOWN[:4]), [(row[4], *row[:4]) for row in ROWS]))).text

    assert controls(shown)["column-0"] == "note"
    assert "theo lần trước của đơn vị" in plain(shown)


def test_a_correction_tells_nothing_to_another_unit(website: Website, author: Browser) -> None:
    corrected(author, "QT-MOI")

    other = website.browser(OTHER_UNIT)
    shown = other.get(brought(other, sheet(KNOWN), unit="QLDT")).text

    assert controls(shown)["column-4"] == "output"


def test_a_correction_is_forgotten_when_asked(author: Browser) -> None:
    corrected(author, "QT-MOI")
    address = brought(author, sheet(KNOWN))

    author.post(f"{address}/quen")

    assert controls(author.get(address).text)["column-4"] == "output"
    assert controls(author.get(brought(author, sheet(KNOWN))).text)["column-4"] == "output"


def test_a_correction_that_is_taken_back_is_forgotten(author: Browser) -> None:
    corrected(author, "QT-MOI")
    address = brought(author, sheet(KNOWN))
    author.post(address, controls(author.get(address).text) | {"column-4": "output"})
    author.post(f"{address}/luu", {"code": "QT-MOI-2", "title": "Quy trình mới"})

    assert controls(author.get(brought(author, sheet(KNOWN))).text)["column-4"] == "output"


def test_words_that_only_the_unit_knows_are_a_header_the_next_time(author: Browser) -> None:
    rows = [(row[1], row[4], "x", "", row[2]) for row in ROWS]
    address = brought(author, sheet(STRANGE, rows))
    author.post(address, controls(author.get(address).text) | {"column-0": "name", "column-4": "performer"})
    author.post(f"{address}/luu", {"code": "QT-MOI", "title": "Quy trình mới"})

    assert "Đọc được 2 bước" in author.text(brought(author, sheet(STRANGE, rows[:2])))


def test_the_unit_of_bare_times_is_chosen_and_remembered(website: Website, author: Browser) -> None:
    corrected(author, "QT-MOI", time_unit="working_hour")

    address = brought(author, sheet(KNOWN))
    author.post(f"{address}/luu", {"code": "QT-MOI-2", "title": "Quy trình mới"})

    for code in ("QT-MOI", "QT-MOI-2"):
        times = [step.duration and step.duration.working_minutes for step in table_of(website, code).steps]
        assert times == [120, 480, 240]


def test_another_table_of_the_file_is_read_when_it_is_chosen(author: Browser) -> None:
    other = [
        ("1", "Kiểm tra kho", "Trưởng phòng", "1 ngày", "Biên bản"),
        ("2", "Lập báo cáo", "Văn thư phòng", "2 giờ", ""),
    ]
    address = brought(author, workbook([KNOWN, *ROWS], [KNOWN, *other]), "bang.xlsx")
    assert ">Thẩm định hồ sơ<" in author.get(address).text

    author.post(address, controls(author.get(address).text) | {"table": "1"})

    assert ">Lập báo cáo<" in author.get(address).text
    assert ">Thẩm định hồ sơ<" not in author.get(address).text


def test_another_row_is_the_header_when_a_person_says_so(author: Browser) -> None:
    rows = [("Năm 2026", "", "", "", ""), KNOWN, *ROWS]
    address = brought(author, workbook(rows), "bang.xlsx")
    before = controls(author.get(address).text)

    author.post(address, before | {"header": "0"})
    wrong = author.get(address).text
    author.post(address, controls(wrong) | {"header": "1"})

    assert before["header"] == "1"
    assert controls(wrong)["header"] == "0"
    assert controls(author.get(address).text) == before


def test_every_performer_answers_for_his_step_when_that_is_ticked(website: Website, author: Browser) -> None:
    address = brought(author, sheet(KNOWN))

    author.post(f"{address}/luu", {"code": "QT-MOI", "title": "Quy trình mới", "answers_for_own": "1"})

    assert all(step.responsibility for step in table_of(website, "QT-MOI").steps)


def test_a_code_that_is_taken_is_told_beside_its_field(author: Browser) -> None:
    address = brought(author, sheet(KNOWN))

    sent = author.post(f"{address}/luu", {"code": "QT-TCKH-01", "title": "Trùng mã"})

    assert sent.status_code == 422
    assert "Mã này đã dùng" in plain(sent.text)
    assert 'value="QT-TCKH-01"' in sent.text
    assert author.get(address).status_code == 200


def test_what_a_file_changes_in_a_draft_is_shown_before_it_is_saved(website: Website, author: Browser) -> None:
    with_draft(author)
    later = write_table(DRAFT, "csv").decode().replace("8 giờ làm việc", "16 giờ làm việc").encode()

    taken = author.post("/quy-trinh/QT-MOI/nhap", {"file": (BytesIO(later), "bang.csv"), "revision": 1})

    shown = author.text(taken.location)
    assert "8 → 16 giờ làm việc" in shown
    assert "Bước 1:" not in shown
    assert author.post(f"{taken.location}/luu", {"revision": 1}).location == "/quy-trinh/QT-MOI/soan"
    second = table_of(website, "QT-MOI").steps[1].duration
    assert second is not None
    assert second.working_minutes == 16 * 60


def test_a_draft_that_somebody_saved_meanwhile_is_not_overwritten(author: Browser) -> None:
    with_draft(author)
    taken = [
        author.post("/quy-trinh/QT-MOI/nhap", {"file": (BytesIO(write_table(DRAFT, "csv")), "bang.csv"), "revision": 1})
        for _ in range(2)
    ]
    author.post(f"{taken[0].location}/luu", {"revision": 1})

    assert author.post(f"{taken[1].location}/luu", {"revision": 1}).status_code == 412
    assert author.get(taken[1].location).status_code == 200


def test_a_file_without_anything_to_read_is_refused(author: Browser) -> None:
    sent = author.post("/nhap", {"file": (BytesIO(b"\n\n"), "bang.csv"), "unit": "TCKH"})

    assert sent.status_code == 422
    assert "Chưa nhận được tệp bang.csv; chưa có gì được lưu" in plain(sent.text)


def test_a_file_is_gone_after_a_week(website: Website, author: Browser) -> None:
    address = brought(author, sheet(KNOWN))

    website.at += timedelta(days=7, minutes=1)
    later = website.browser(AUTHOR)

    assert later.get(address).status_code == 404


def test_of_many_files_the_last_ones_are_kept(author: Browser) -> None:
    addresses = [brought(author, sheet(KNOWN)) for _ in range(7)]

    kept = [address for address in addresses if author.get(address).status_code == 200]

    assert kept == addresses[-5:]


def several() -> bytes:
    titles = ("Khai sinh", "Khai tử", "Kết hôn")
    return workbook(*([(f"QUY TRÌNH ĐĂNG KÝ {title.upper()}",), KNOWN, *ROWS] for title in titles))


def test_a_file_of_several_procedures_is_saved_one_after_the_other(author: Browser) -> None:
    address = brought(author, several(), "phuong.xlsx")
    assert "tệp có 3 bảng các bước" in author.text(address)

    places = []
    for _turn in range(3):
        page = author.get(address).text
        further = re.search(r'name="next" value="(\d+)"', page)
        title = re.search(r'<textarea[^>]*name="title"[^>]*>([^<]*)<', page)
        assert title is not None
        sent = {"title": title[1]} | ({"next": further[1]} if further else {})
        places.append(
            (title[1], author.post(f"{address}/luu", controls(page) | {"table": table_in(page)} | sent).location)
        )

    assert [title for title, _ in places] == ["Đăng ký khai sinh", "Đăng ký khai tử", "Đăng ký kết hôn"]
    assert places[0][1] == places[1][1] == address
    assert re.fullmatch(r"/quy-trinh/QT-TCKH-\d+/soan", places[2][1])
    assert author.get(address).status_code == 404


def table_in(page: str) -> str:
    found = re.search(r'name="table" value="(\d+)" checked', page)
    assert found is not None
    return found[1]


def test_a_title_that_only_repeats_the_file_follows_another_table(author: Browser) -> None:
    address = brought(author, several(), "phuong.xlsx")

    author.post(address, controls(author.get(address).text) | {"table": "1", "title": "Đăng ký khai sinh"})
    assert "<h1>Đăng ký khai tử</h1>" in author.get(address).text

    author.post(address, controls(author.get(address).text) | {"table": "2", "title": "Tên của tôi"})
    assert "<h1>Tên của tôi</h1>" in author.get(address).text


def test_a_file_that_was_not_saved_is_found_again(website: Website, author: Browser) -> None:
    address = brought(author, sheet(KNOWN), "viec-do-dang.csv")

    assert f'href="{address}"' in author.get("/nhap").text
    assert "viec-do-dang.csv" not in website.browser(OTHER_UNIT).get("/nhap").text

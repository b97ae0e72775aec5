"""A file whose procedure is there already: its draft is changed when somebody says so."""

import re

from sqlalchemy import update

from procedures.model.version import Stage, Version
from tests.visitors import AUTHOR, Browser, Website, plain
from tests.web.bringing import DRAFT, KNOWN, LATER, OTHER_UNIT, brought, sheet, table_of, with_draft


def test_a_file_with_a_code_that_is_there_may_change_its_draft(website: Website, author: Browser) -> None:
    with_draft(author)
    ids = [step.id for step in table_of(website, "QT-MOI").steps]
    address = brought(author, LATER, code="QT-MOI", title="Quy trình mới")
    assert "Mã QT-MOI đã có" in author.text(address)

    asked = author.post(f"{address}/vao", {"existing": "QT-MOI"})

    shown = author.get(address).text
    assert asked.location == address
    assert "8 → 16 giờ làm việc" in plain(shown)
    assert 'name="revision" value="1"' in shown
    assert author.post(f"{address}/luu", {"revision": 1}).location == "/quy-trinh/QT-MOI/soan"
    after = table_of(website, "QT-MOI").steps
    assert [step.id for step in after] == ids
    assert [step.duration and step.duration.working_minutes for step in after] == [120, 960, 240]


def test_a_file_of_nearly_the_same_name_may_change_the_unit_s_draft(author: Browser) -> None:
    with_draft(author)

    assert "Đơn vị đã có quy trình tên gần như vậy" in author.text(brought(author, LATER, title="Quy trình mới"))
    assert "tên gần như vậy" not in author.text(brought(author, LATER, title="Cấp phép xây dựng nhà ở"))


def test_a_file_that_was_to_change_a_draft_may_become_a_new_procedure(website: Website, author: Browser) -> None:
    with_draft(author)
    address = brought(author, LATER, code="QT-MOI", title="Quy trình mới")
    author.post(f"{address}/vao", {"existing": "QT-MOI"})

    author.post(f"{address}/moi")

    shown = author.get(address).text
    code = re.search(r'name="code" value="([^"]+)"', shown)
    assert code is not None
    assert code[1] != "QT-MOI"
    saved = author.post(f"{address}/luu", {"code": code[1], "title": "Việc khác"})
    assert saved.location == f"/quy-trinh/{code[1]}/soan"
    assert table_of(website, "QT-MOI").steps[1].duration == DRAFT.steps[1].duration


def test_a_taken_code_gives_way_to_a_free_one_and_what_was_typed_stays(author: Browser) -> None:
    with_draft(author)
    address = brought(author, LATER, code="QT-MOI")
    assert "Lập quy trình mới với mã khác" in author.text(address)

    author.post(f"{address}/moi", {"title": "Tên vừa gõ", "code": "QT-MOI", "unit": "TCKH"})

    shown = author.get(address).text
    assert "Tên vừa gõ</textarea>" in shown
    assert 'value="QT-MOI"' not in shown
    assert "Mã QT-MOI đã có" not in plain(shown)


def test_the_next_version_of_what_is_in_force_is_begun_from_it(website: Website, author: Browser) -> None:
    force = website.program(AUTHOR).get("/procedures/QT-TCKH-01").json
    address = brought(author, sheet(KNOWN), code="QT-TCKH-01", title="Đăng ký hộ kinh doanh")
    assert force is not None
    assert "Soạn bản mới của quy trình này" in author.text(address)

    author.post(f"{address}/vao", {"existing": "QT-TCKH-01"})
    saved = author.post(f"{address}/luu")

    assert saved.location == "/quy-trinh/QT-TCKH-01/soan"
    draft = website.program(AUTHOR).get("/procedures/QT-TCKH-01/draft")
    assert draft.status_code == 200
    assert website.program(AUTHOR).get("/procedures/QT-TCKH-01").json["number"] == force["number"]


def test_what_another_unit_has_is_told_to_nobody(website: Website, author: Browser) -> None:
    with_draft(author)
    other = website.browser(OTHER_UNIT)
    address = brought(other, LATER, unit="QLDT", code="QT-MOI", title="Quy trình mới")

    shown = other.get(address).text

    assert "đã có" not in plain(shown)
    assert "tên gần như vậy" not in plain(shown)
    assert other.post(f"{address}/vao", {"existing": "QT-MOI"}).status_code == 404
    assert other.post(f"{address}/vao", {"existing": "QT-TCKH-01"}).status_code == 403


def test_a_draft_that_was_saved_meanwhile_is_compared_again_before_it_is_changed(author: Browser) -> None:
    with_draft(author)
    addresses = [brought(author, LATER, code="QT-MOI") for _ in range(2)]
    for address in addresses:
        author.post(f"{address}/vao", {"existing": "QT-MOI"})
    author.post(f"{addresses[0]}/luu", {"revision": 1})

    late = author.post(f"{addresses[1]}/luu", {"revision": 1})

    assert late.status_code == 412
    assert "dự thảo vừa có người lưu" in plain(late.text)
    assert "Các bước giữ nguyên như dự thảo đang có" in plain(late.text)
    assert 'name="revision" value="2"' in late.text


def test_a_version_on_its_way_through_approval_is_not_changed(website: Website, author: Browser) -> None:
    address = brought(author, LATER, code="QT-MOI", title="Quy trình mới")
    author.post(f"{address}/luu", {"code": "QT-MOI", "title": "Quy trình mới"})
    with website.database.transaction() as session:
        session.execute(update(Version).values(stage=Stage.SUBMITTED).where(Version.source.contains('code="QT-MOI"')))

    shown = author.text(brought(author, LATER, code="QT-MOI"))

    assert "đang chờ thẩm định hoặc công nhận" in shown
    assert "Cập nhật dự thảo đang có" not in shown

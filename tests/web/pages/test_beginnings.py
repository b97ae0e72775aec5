"""A procedure begins from one of the library, from an empty row, or as the next version of the one in force."""

import re

import pytest

from bpmn.convert import bpmn_to_table
from bpmn.document import read_document
from bpmn.fiveclear import FiveClear
from procedures.queries.catalogue import draft
from procedures.queries.origins import origin_of
from procedures.queries.people import person_by_login
from procedures.queries.similar import similar
from tests.counting import counted
from tests.visitors import AUTHOR, CLERK, NOW, Website

MODEL = {"from": "QT-TCKH-01", "number": "1"}
OWN = {"unit": "GDDT", "kind": "tthc", "title": "Xét tuyển viên chức trường học", "code": "QT-GDDT-50"}
OFFICER = "gddt.chuyen-vien"


def drafted(website: Website, code: str, login: str = OFFICER) -> FiveClear:
    with website.database.reading() as session:
        version = draft(session, code, person_by_login(session, login, at=NOW))
        document = read_document(version.source.encode()).document
    assert document is not None
    return bpmn_to_table(document)


def test_a_copy_belongs_to_the_new_unit_and_tells_whom_it_could_not_place(website: Website) -> None:
    browser = website.browser(OFFICER)

    answer = browser.post("/lap-quy-trinh", MODEL | OWN)

    assert answer.location == "/quy-trinh/QT-GDDT-50/soan"
    table = drafted(website, "QT-GDDT-50")
    people = {(each.performer.position, each.performer.unit) for each in table.steps if each.performer}
    assert (table.code, table.unit_code, table.title) == ("QT-GDDT-50", "GDDT", OWN["title"])
    assert ("Trưởng phòng", "Phòng Giáo dục và Đào tạo") in people
    said = browser.text(answer.location)
    assert "đơn vị không có vị trí “Chuyên viên đăng ký kinh doanh”" in said
    assert "Bước 4: “Trưởng phòng” nay thuộc đơn vị" in said


def test_a_copy_keeps_where_it_came_from(website: Website) -> None:
    website.browser(OFFICER).post("/lap-quy-trinh", MODEL | OWN)

    with website.database.reading() as session:
        origin = origin_of(session, draft(session, "QT-GDDT-50", person_by_login(session, OFFICER, at=NOW)))
    assert (origin["kind"], origin["code"], origin["number"]) == ("copy", "QT-TCKH-01", 1)
    assert "Lập từ QT-TCKH-01" in website.browser(OFFICER).text("/quy-trinh/QT-GDDT-50")


def test_an_empty_table_has_one_row_to_fill_in(website: Website) -> None:
    browser = website.browser(OFFICER)

    answer = browser.post("/lap-quy-trinh", OWN | {"code": ""})

    code = re.fullmatch("/quy-trinh/(QT-GDDT-01)/soan", answer.location or "")
    assert code
    assert [step.step_no for step in drafted(website, code[1]).steps] == ["1"]
    assert browser.get(answer.location).status_code == 200


def test_a_title_like_another_asks_first_and_goes_on_when_told_so(website: Website) -> None:
    browser = website.browser(OFFICER)
    like = OWN | {"title": "Đăng ký lại hộ kinh doanh"}

    asked = browser.post("/lap-quy-trinh", like)
    made = browser.post("/lap-quy-trinh", like | {"anyway": "1"})

    assert "Đã có quy trình tương tự" in asked.text
    assert "Đăng ký thành lập hộ kinh doanh" in asked.text
    assert made.status_code == 303


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "QT-TCKH-01"}, "Mã này đã dùng"),
        ({"code": "!"}, "Mã gồm 2 đến 60"),
        ({"kind": "x"}, "Hãy chọn loại"),
        ({"title": ""}, "Hãy ghi nội dung"),
    ],
)
def test_a_form_that_does_not_fit_says_where_and_keeps_what_was_written(website, change, words) -> None:
    answer = website.browser(OFFICER).post("/lap-quy-trinh", OWN | change | {"anyway": "1"})

    assert answer.status_code == 422
    assert words in answer.text


def test_nobody_begins_for_another_unit_or_from_what_he_may_not_see(website: Website) -> None:
    browser = website.browser(OFFICER)

    assert browser.post("/lap-quy-trinh", OWN | {"unit": "TCKH"}).status_code == 403
    assert browser.post("/lap-quy-trinh", OWN | {"from": "QT-TCKH-01", "number": "9"}).status_code == 404
    assert browser.get("/lap-quy-trinh?tu=QT-KHONG-CO&ban=1").status_code == 404


def test_the_next_version_begins_as_the_one_in_force_and_is_not_begun_twice(website: Website) -> None:
    browser = website.browser(AUTHOR)

    first = browser.post("/quy-trinh/QT-TCKH-01/ban-moi")
    browser.post("/quy-trinh/QT-TCKH-01/ban-moi")

    assert first.location == "/quy-trinh/QT-TCKH-01/soan"
    with website.database.reading() as session:
        version = draft(session, "QT-TCKH-01", person_by_login(session, AUTHOR, at=NOW))
    assert (version.number, version.revision) == (2, 1)
    assert "Hai bản như nhau" in browser.text("/quy-trinh/QT-TCKH-01/so-sanh")
    assert website.browser(CLERK).post("/quy-trinh/QT-TCKH-01/ban-moi").status_code == 403


def test_likeness_is_by_rare_words_without_marks_and_by_steps(website: Website) -> None:
    with website.database.reading() as session:
        viewer = person_by_login(session, CLERK, at=NOW)
        near = similar(session, viewer, "dang ky ho kinh doanh")
        far = similar(session, viewer, "Cấp giấy phép xây dựng")
        steps = ("Phân công thụ lý", "Ký Giấy chứng nhận", "Trả kết quả")
        by_steps = similar(session, viewer, "Thay đổi nội dung kinh doanh", steps=steps)
    assert [each.version.procedure.code for each in near] == ["QT-TCKH-01"]
    assert far == []
    assert [each.version.procedure.code for each in by_steps] == ["QT-TCKH-01"]


def test_the_name_that_is_typed_calls_up_procedures_like_it(website: Website) -> None:
    browser = website.browser(OFFICER)

    near = browser.text("/tuong-tu?ten=dang+ky+ho+kinh+doanh")
    far, none = browser.get("/tuong-tu?ten=Cho+thu%C3%AA+b%E1%BA%BFn").text, browser.get("/tuong-tu").text
    left_out = browser.get("/tuong-tu?ten=dang+ky+ho+kinh+doanh&bo=QT-TCKH-01").text

    assert near.startswith("Đã có quy trình tương tự: Đăng ký thành lập hộ kinh doanh có hiệu lực Phòng Tài chính")
    assert "Sao chép để điều chỉnh" in near
    assert [far.strip(), none.strip(), left_out.strip()] == ["", "", ""]


def test_whoever_has_seen_them_is_not_asked_again(website: Website) -> None:
    browser = website.browser(OFFICER)
    like = OWN | {"title": "Đăng ký hộ kinh doanh"}

    asked = browser.post("/lap-quy-trinh", like)
    begun = browser.post("/lap-quy-trinh", like | {"anyway": "1"})

    assert "Nếu vẫn là việc khác" in asked.text
    assert begun.location == "/quy-trinh/QT-GDDT-50/soan"


def test_similar_procedures_of_a_town_are_two_statements(website: Website) -> None:
    with website.database.reading() as session:
        viewer = person_by_login(session, CLERK, at=NOW)
        with counted(website.database) as counts:
            similar(session, viewer, "dang ky ho kinh doanh")

    assert counts["statements"] == 2

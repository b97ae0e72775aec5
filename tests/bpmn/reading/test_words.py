"""Times and ways out in the words of offices, each alone."""

from fractions import Fraction

import pytest

from bpmn.fiveclear import TimeUnit
from bpmn.reading.branches import tell
from bpmn.reading.durations import read_time
from bpmn.reading.heads import title_of
from offices.words import ODD_TIMES

DAY, HOUR, MINUTE, BY_DATE = TimeUnit.WORKING_DAY, TimeUnit.WORKING_HOUR, TimeUnit.WORKING_MINUTE, TimeUnit.BY_DATE
MORE_TIMES = (
    ("04 giờ/01 hồ sơ", HOUR, "4"),
    ("≤ 3 ngày", DAY, "3"),
    ("một ngày rưỡi", DAY, "3/2"),
    ("01 ngày + 4 giờ", HOUR, "12"),
    ("2h30p", HOUR, "5/2"),
    ("20 ngày (không kể thời gian lấy ý kiến 5 ngày)", DAY, "20"),
    ("01 tháng", TimeUnit.CALENDAR_DAY, "30"),
    ("Trong buổi làm việc", TimeUnit.HALF_DAY, "1"),
    ("Ngay trong ngày làm việc", TimeUnit.SAME_DAY, "0"),
    ("sau 15h chuyển ngày hôm sau", TimeUnit.SAME_DAY, "0"),
    ("01 ngày làm việc; nhận sau 15 giờ tính từ ngày hôm sau", DAY, "1"),
    ("Giờ HC", TimeUnit.OFFICE_HOURS, "0"),
    ("Chưa tính thời gian", TimeUnit.NOT_COUNTED, "0"),
    ("Theo giấy hẹn", TimeUnit.NOT_COUNTED, "0"),
)
DATES = (
    ("trước ngày 30/5/2021", "2021-05-30"),
    ("đến hết ngày 30/9/2021", "2021-09-30"),
    ("Từ 01/11 đến 15/11/2021", "2021-11-15"),
    ("Trong tháng 6/2021", "2021-06-30"),
    ("Tháng 02 năm 2024", "2024-02-29"),
    ("Quý 4/2021", "2021-12-31"),
    ("Quý III/2021", "2021-09-30"),
)
NO_TIMES = (
    "Theo kế hoạch",
    "Thường xuyên",
    "Trước ngày 25 hằng tháng",
    "Khi có yêu cầu",
    "15/8",
    "Quý 7/2021",
    "tháng 13/2021",
)
CLAUSES = (
    ("Duyệt. Nếu không đồng ý: trả lại chuyên viên (bước 3)", [("không đồng ý", "3")]),
    ("Kiểm tra; nếu không đạt thì trả lại bước trước", [("không đạt", "previous")]),
    ("Thẩm định\n+ Đạt → B5\n+ Không đạt → B2", [("đạt", "5"), ("không đạt", "2")]),
    ("Ký duyệt; không duyệt trả lại B3", [("không duyệt", "3")]),
    ("Kiểm tra (nếu sai chuyển lại bước 2)", [("sai", "2")]),
    ("Trình ký (Không ký: quay lại B4)", [("không ký", "4")]),
    ("Soát xét văn bản. Yêu cầu chỉnh sửa: về bước 5", [("yêu cầu chỉnh sửa", "5")]),
    ("Ký. Nội dung chưa phù hợp (chuyển lại bước số 1)", [("nội dung chưa phù hợp", "1")]),
    ("Trả bước 2 (nếu hồ sơ sai)", [("hồ sơ sai", "2")]),
    ("Ký. Khi có sai sót → làm lại từ bước I.2", [("có sai sót", "I.2")]),
    ("Chuyển hồ sơ đến bước 5 nếu đủ điều kiện, ngược lại trả về bước 2", [("ngược lại", "2")]),
    ("Trình ký (đạt: chuyển bước 9; không đạt: bước 7)", [("đạt", "9"), ("không đạt", "7")]),
    ("Xử lý hồ sơ theo quy định tại Bước 3 và Bước 4", []),
    ("Lưu ý: thực hiện theo mục 3 Thông tư 01/2018", []),
    ("Chuyển kết quả sang bước 5", []),
)


@pytest.mark.parametrize(("text", "unit", "value"), [*ODD_TIMES, *MORE_TIMES])
def test_a_time_in_the_words_of_an_office_is_understood(text: str, unit: TimeUnit, value: str) -> None:
    time = read_time(text, day=DAY, year=2021)

    assert time is not None
    assert (time.duration.unit, time.duration.value) == (unit, Fraction(value))


@pytest.mark.parametrize(("text", "date"), DATES)
def test_a_period_ends_with_its_last_day(text: str, date: str) -> None:
    time = read_time(text, day=DAY)

    assert time is not None
    assert (time.duration.unit, time.duration.date) == (BY_DATE, date)


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_says_no_time_is_none(text: str) -> None:
    time = read_time(text, day=DAY, bare=DAY)

    assert time is None or (time.duration.date is None and not time.sure)


@pytest.mark.parametrize(("text", "ways"), CLAUSES)
def test_a_way_out_is_found_in_its_words(text: str, ways: list[tuple[str, str]]) -> None:
    assert [(clause.condition, clause.goto) for clause in tell(text, citizen=True).clauses] == ways


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('QUY TRÌNH: "Công nhận quy trình"', '"Công nhận quy trình"'),
        ('Quy trình "Công nhận quy trình"', "Công nhận quy trình"),
        ('Quy trình công nhận quy trình chuẩn "5 rõ"', 'công nhận quy trình chuẩn "5 rõ"'),
        ("Quy trình công nhận quy trình chuẩn “5 rõ”.", "công nhận quy trình chuẩn “5 rõ”"),
    ],
)
def test_a_quotation_at_the_end_of_a_title_keeps_both_marks(line: str, title: str) -> None:
    assert title_of(line, ()) == title

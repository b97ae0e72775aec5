"""The words of offices: headers, times, references, totals; each with what it means."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

from bpmn.fiveclear import Duration, TimeUnit

HEADERS: Mapping[str, Sequence[str]] = {
    "number": ("TT", "STT", "Thứ tự", "Bước", "Các bước", "Số TT", "Mã bước", "Bước số", "Số thứ tự"),
    "name": (
        *("Nội dung công việc", "Trình tự", "Trình tự thực hiện", "Nội dung", "Nội dung cụ thể", "Hoạt động"),
        *("Tên công việc", "Công việc", "Diễn giải công việc", "Các bước thực hiện", "Mô tả công việc", "Rõ việc"),
        *("Nội dung các bước thực hiện", "Nội dung/ Trình tự công việc", "Nội dung thực hiện", "Quy trình thực hiện"),
    ),
    "performer": (
        *("Người thực hiện", "Trách nhiệm", "Đơn vị/người thực hiện", "Phân công nhiệm vụ", "Đơn vị giải quyết"),
        *("Trách nhiệm thực hiện", "Cá nhân, bộ phận thực hiện", "Chức danh thực hiện", "Đơn vị, cá nhân thực hiện"),
        *("Rõ người", "Bộ phận/ Người xử lý", "Đơn vị/Người", "Cơ quan, đơn vị, cá nhân thực hiện", "Chủ thể"),
        "Người chịu trách nhiệm thực hiện",
    ),
    "time": (
        *("Thời gian", "Thời hạn", "Thời gian thực hiện", "Thời hạn xử lý", "Rõ thời gian", "Thời gian giải quyết"),
        *("Thời hạn giải quyết", "Định mức thời gian", "Thời gian xử lý tối đa", "Thời lượng"),
    ),
    "result": ("Biểu mẫu/Kết quả", "Kết quả", "Sản phẩm", "Biểu mẫu/ Sản phẩm", "Kết quả/ Sản phẩm", "Hồ sơ, biểu mẫu"),
    "responsibility": ("Rõ trách nhiệm", "Trách nhiệm cụ thể", "Trách nhiệm của người thực hiện"),
    "note": ("Ghi chú", "Lưu ý", "Diễn giải, ghi chú"),
    "branch": ("Rẽ nhánh", "Trường hợp không đạt", "Xử lý khi không đạt"),
}
TOTALS = (
    *("Tổng thời gian", "Tổng cộng", "Tổng", "TỔNG CỘNG:", "Tổng thời gian giải quyết", "Cộng", "Tổng số"),
    *("Tổng thời hạn giải quyết", "Tổng thời gian thực hiện", "Tổng thời gian xử lý", "Thời gian tổng cộng"),
)
DITTOS = ("nt", "như trên", '-"-', "″", "Nt", "- nt -", "Như trên", '"', "//")
SPELLED = {1: "một", 2: "hai", 3: "ba", 4: "bốn", 5: "năm", 7: "bảy", 8: "tám", 10: "mười", 15: "mười lăm"}
HALVES = ("½", "1/2", "0,5", "0.5", "nửa")

ODD_TIMES: Sequence[tuple[str, TimeUnit, str]] = (
    ("0,25 ngày làm việc", TimeUnit.WORKING_DAY, "1/4"),
    ("½ ngày", TimeUnit.WORKING_DAY, "1/2"),
    ("1/2 ngày", TimeUnit.WORKING_DAY, "1/2"),
    ("0.5 ngày", TimeUnit.WORKING_DAY, "1/2"),
    ("01 ngày làm việc", TimeUnit.WORKING_DAY, "1"),
    ("03 ngày", TimeUnit.WORKING_DAY, "3"),
    ("04 giờ", TimeUnit.WORKING_HOUR, "4"),
    ("58 giờ làm việc", TimeUnit.WORKING_HOUR, "58"),
    ("30 phút", TimeUnit.WORKING_MINUTE, "30"),
    ("01 buổi", TimeUnit.HALF_DAY, "1"),
    ("Giờ hành chính", TimeUnit.OFFICE_HOURS, "0"),
    ("Không tính thời gian", TimeUnit.NOT_COUNTED, "0"),
    ("Trong ngày", TimeUnit.SAME_DAY, "0"),
    ("Không quá 17 ngày kể từ ngày nhận đủ hồ sơ hợp lệ", TimeUnit.WORKING_DAY, "17"),
    ("80 giờ làm việc (tương đương 10 ngày làm việc)", TimeUnit.WORKING_HOUR, "80"),
    ("chậm nhất là ngày 15/8", TimeUnit.BY_DATE, "0"),
    ("2,5 ngày", TimeUnit.WORKING_DAY, "5/2"),
    ("02 (hai) ngày làm việc", TimeUnit.WORKING_DAY, "2"),
    ("01 giờ 30 phút", TimeUnit.WORKING_HOUR, "3/2"),
    ("1h30", TimeUnit.WORKING_HOUR, "3/2"),
    ("1 ngày rưỡi", TimeUnit.WORKING_DAY, "3/2"),
    ("nửa ngày", TimeUnit.WORKING_DAY, "1/2"),
    ("Nửa ngày làm việc", TimeUnit.WORKING_DAY, "1/2"),
    ("Trong ngày; sau 15h chuyển đầu giờ ngày làm việc hôm sau", TimeUnit.SAME_DAY, "0"),
    ("ngay khi nhận", TimeUnit.IMMEDIATE, "0"),
    ("Ngay sau khi nhận hồ sơ", TimeUnit.IMMEDIATE, "0"),
    ("Ngay", TimeUnit.IMMEDIATE, "0"),
    ("24h", TimeUnit.WORKING_HOUR, "24"),
    ("03 ngày LV", TimeUnit.WORKING_DAY, "3"),
    ("½ buổi", TimeUnit.HALF_DAY, "1/2"),
    ("1/2 giờ", TimeUnit.WORKING_HOUR, "1/2"),
    ("5 ngày làm việc/hồ sơ", TimeUnit.WORKING_DAY, "5"),
    ("Tối đa 03 ngày làm việc", TimeUnit.WORKING_DAY, "3"),
    ("02 tiếng", TimeUnit.WORKING_HOUR, "2"),
    ("45'", TimeUnit.WORKING_MINUTE, "45"),
    ("Không quy định", TimeUnit.NOT_COUNTED, "0"),
    ("Trong giờ hành chính", TimeUnit.OFFICE_HOURS, "0"),
    ("01 ngày làm việc (08 giờ)", TimeUnit.WORKING_DAY, "1"),
    ("Trong thời hạn 02 ngày làm việc, kể từ ngày nhận văn bản", TimeUnit.WORKING_DAY, "2"),
    ("01 ngày 4 giờ làm việc", TimeUnit.WORKING_HOUR, "12"),
    ("1.5 ngày làm việc", TimeUnit.WORKING_DAY, "3/2"),
    ("03ngày", TimeUnit.WORKING_DAY, "3"),
    ("0,5 ngày (04 giờ)", TimeUnit.WORKING_DAY, "1/2"),
    ("01 tuần", TimeUnit.WORKING_DAY, "5"),
    ("Từ 02 đến 03 ngày làm việc", TimeUnit.WORKING_DAY, "3"),
    ("2-3 ngày làm việc", TimeUnit.WORKING_DAY, "3"),
    ("ngày làm việc: 02", TimeUnit.WORKING_DAY, "2"),
    ("Cùng ngày làm việc", TimeUnit.SAME_DAY, "0"),
    ("½ ngày LV", TimeUnit.WORKING_DAY, "1/2"),
    ("Ba ngày làm việc", TimeUnit.WORKING_DAY, "3"),
)
"""Times as met, in a table that counts in working time, with unit and value."""


def odd_time(at: int) -> Duration:
    text, unit, value = ODD_TIMES[at % len(ODD_TIMES)]
    return Duration(text, unit, Fraction(value), date="2021-08-15" if unit is TimeUnit.BY_DATE else None)


def figure(value: Fraction) -> str:
    """A value as offices write it: `03`, `1,5`."""
    if value.denominator == 1:
        return f"{int(value):02d}"
    return f"{float(value):g}".replace(".", ",")


def time_text(random: Random, time: Duration) -> str:
    """A time in other words with the same meaning; words that stand alone stay."""
    word = {
        TimeUnit.WORKING_DAY: random.choice(["ngày làm việc", "ngày làm việc", "ngày LV", "ngày"]),
        TimeUnit.CALENDAR_DAY: "ngày",
        TimeUnit.WORKING_HOUR: random.choice(["giờ làm việc", "giờ", "h"]),
        TimeUnit.WORKING_MINUTE: "phút",
        TimeUnit.HALF_DAY: "buổi",
    }.get(time.unit)
    if word is None:
        return time.text
    if time.value == Fraction(1, 2):
        return f"{random.choice(HALVES)} {word}"
    number = figure(time.value)
    if time.value in SPELLED:
        number = random.choice([number, number, number.lstrip("0"), f"{number} ({SPELLED[int(time.value)]})"])
    shapes = ["{} {}", "{} {}", "{}  {}", "Không quá {} {}", "{} {}/hồ sơ", "Tối đa {} {}", "{}\u00a0{}"]
    return random.choice(shapes).format(number, word)


def reference(random: Random, number: str) -> str:
    """A step as a text names it."""
    return random.choice(["bước {}", "B{}", "Bước {}", "bước {}", "bước số {}", "mục {}"]).format(number)


SENDS = (
    "{C}: chuyển lại {r}",
    "{C}: trả {r}",
    "{C} thì quay lại {r}",
    "Nếu {c} trả về {r}",
    "Trường hợp {c} → quay lại {r}",
    "Trường hợp {c} thì thực hiện lại từ {r}",
    "{C}: {r}",
    "{C} thì theo {r}",
    "Nếu {c}, chuyển trả {r} để hoàn thiện",
    "{C} => {r}",
    "({c}: quay về {r})",
    "Trường hợp {c} thì chuyển trả hồ sơ về {r}",
    "{C} - trả lại {r}",
    "Khi {c}, làm lại {r}",
    "Trả lại {r} nếu {c}",
    "Quay lại {r} khi {c}",
    "Nếu {c} thì trả hồ sơ lại {r}",
    "{C}, trả lại {r}",
    "Trường hợp {c}: Trả hồ sơ về {r} và nêu rõ lý do",
    "{C} (chuyển lại {r})",
)
WAITS = (
    "{C}: yêu cầu bổ sung hồ sơ",
    "{C}: hướng dẫn hoàn thiện hồ sơ",
    "Nếu {c} thì trả hồ sơ, yêu cầu bổ sung",
    "Trường hợp {c}, lập phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    "Trường hợp {c}: hướng dẫn bổ sung một lần, đầy đủ",
)
REFUSALS = (
    "{C}: từ chối bằng văn bản",
    "Trường hợp {c} thì từ chối tiếp nhận, nêu rõ lý do",
    "Nếu {c}: trả lại hồ sơ kèm văn bản nêu lý do",
)
SILENCES = ("{C} thì coi như đồng ý", "{C} xem như thống nhất", "{C} được coi là đồng ý")


def sentence(random: Random, shapes: Sequence[str], condition: str, ref: str = "") -> str:
    capital = condition[:1].upper() + condition[1:]
    return random.choice(shapes).format(c=condition, C=capital, r=ref)

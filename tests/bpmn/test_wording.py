"""Names of steps: a verb first, whatever its spelling, number or bullet; what only looks like a verb is none."""

from pathlib import Path

import pytest
import yaml

from bpmn.wording import begins_with_verb, suggestion

SAMPLES = sorted((Path(__file__).parents[1] / "files" / "samples").glob("*.yaml"))
VERBS = (
    "Tiếp nhận hồ sơ|Bước 1: Tiếp nhận hồ sơ|B1. Kiểm tra, ký tắt|1) Thẩm định|Ký nháy văn bản|Huỷ hồ sơ|Khoá sổ|"
    "Cho ý kiến về quy hoạch|Tổ chức cuộc họp|Tự kiểm tra|Trực tiếp kiểm tra thực địa|Thu phí, lệ phí|In giấy phép|"
    "Quyết định công nhận|TIẾP NHẬN HỒ SƠ|Tiep nhan ho so|Không cấp phép|- Rà soát|Scan hồ sơ|Chỉ ra nguyên nhân|"
    "“Xem xét, quyết định”|Kie\u0302\u0309m tra"
)
NONE = (
    "Hồ sơ|Công chức một cửa tiếp nhận hồ sơ|Hồ sơ được thẩm định|Giấy phép xây dựng|Tổ chức, cá nhân nộp hồ sơ|"
    "Văn thư|Quyết định số 12|Tờ trình|Bước 1|Lưu đồ|Kết quả|Thẩm định viên|Cấp trên phê duyệt|Thi đua khen thưởng|"
    "Công văn|Chuyên viên|…|1."
)


@pytest.mark.parametrize("name", VERBS.split("|"))
def test_a_name_that_says_what_is_done(name: str) -> None:
    assert begins_with_verb(name)


@pytest.mark.parametrize("name", NONE.split("|"))
def test_a_name_that_does_not(name: str) -> None:
    assert not begins_with_verb(name)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem[:2])
def test_the_samples_say_what_is_done(sample: Path) -> None:
    names = [step["name"] for step in yaml.safe_load(sample.read_text("utf-8"))["steps"]]

    assert [name for name in names if not begins_with_verb(name)] == []


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Công chức một cửa tiếp nhận hồ sơ", "Tiếp nhận hồ sơ"),
        ("Hồ sơ được thẩm định", "Thẩm định hồ sơ"),
        ("Bước 2: Hồ sơ đất phải được kiểm tra kỹ", "Kiểm tra hồ sơ đất kỹ"),
        ("Công tác thẩm định hồ sơ", "Thẩm định hồ sơ"),
        ("Lãnh đạo phòng ký duyệt", "Ký duyệt"),
        ("Giấy phép xây dựng", None),
        ("Hồ sơ", None),
    ],
)
def test_a_better_name_is_suggested_where_the_verb_stands_further_back(name: str, better: str | None) -> None:
    assert suggestion(name) == better

"""The first steps of an officer, ticked by what he has really done; and the pages of the guide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from procedures.approval import APPRAISE, RECOGNISE
from procedures.queries.first_steps import dismissed, first_steps
from web.identity import person
from web.languages import _, _l
from web.present.acts import acts_of
from web.request import reading

GUIDE: Mapping[str, object] = {
    "bat-dau": _l("Bắt đầu"),
    "nam-ro": _l("5 rõ là gì"),
    "soan-thao": _l("Soạn thảo"),
    "tap-voi-vi-du": _l("Tập với một ví dụ"),
    "nhap-word-excel": _l("Nhập Word, Excel"),
    "chay-thu": _l("Chạy thử và mô phỏng"),
    "ra-soat": _l("Rà soát"),
    "trinh-tham-dinh-cong-nhan": _l("Trình, thẩm định, công nhận"),
    "lam-viec-hang-ngay": _l("Làm việc hằng ngày"),
}


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing to do for the first time, where to do it, and whether it is done."""

    words: str
    hint: str
    url: str
    done: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """`writing`: it is for somebody who drafts."""

    steps: Sequence[FirstStep]
    writing: bool = False

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)


def checklist() -> Checklist | None:
    """The first steps of who is signed in; None where all are done or he has put them away."""
    by = person()
    if not by.positions:
        return None
    with reading() as session:
        if dismissed(session, by):
            return None
        acts, done = acts_of(session, by), first_steps(session, by)
    leading = [*(LEADING if APPRAISE in acts else ()), *(SIGNING if RECOGNISE in acts else ())]
    wanted = leading or [*WORKING, *WRITING]
    steps = [FirstStep(str(words), str(hint), url_for(end), done[name]) for name, words, hint, end in wanted]
    return None if all(step.done for step in steps) else Checklist(steps, writing=not leading)


Wanted = tuple[str, object, object, str]

WORKING: Sequence[Wanted] = (
    ("claim", _l("Nhận một việc"), _l("Mở việc trong hộp việc, chọn “Nhận việc”."), "worklist.index"),
    ("complete", _l("Hoàn thành một việc"), _l("Chọn kết quả rồi hoàn thành, trước thời hạn."), "worklist.index"),
)
WRITING: Sequence[Wanted] = (
    ("draft", _l("Lập một dự thảo"), _l("Nhập tệp Word, Excel đang dùng, hoặc mở ví dụ."), "drafts.index"),
    ("try", _l("Chạy thử dự thảo"), _l("Đi thử một hồ sơ từng bước rồi lưu kết quả."), "drafts.index"),
    ("submit", _l("Trình thẩm định"), _l("Khi cổng kiểm tra không còn chỗ phải sửa."), "drafts.index"),
)
LEADING: Sequence[Wanted] = (
    (
        "appraise",
        _l("Thẩm định một quy trình"),
        _l("Xem bảng, ý kiến của cổng kiểm tra, rồi ghi kết quả."),
        "appraisals.index",
    ),
)
SIGNING: Sequence[Wanted] = (
    ("recognise", _l("Công nhận một quy trình"), _l("Chọn quy trình, ghi số quyết định."), "recognitions.new"),
)


def tips() -> Mapping[str, tuple[str, str]]:
    """What each of the five clears asks, with an example; by the name of the clear."""
    return {
        "task": (
            _("Việc gì, ra kết quả gì, dùng biểu mẫu nào?"),
            _("Ví dụ: “Thẩm định hồ sơ, kiểm tra thực địa” – kết quả: biên bản kiểm tra."),
        ),
        "process": (
            _("Làm theo thứ tự nào, khi nào rẽ hướng khác?"),
            _("Ví dụ: hồ sơ không hợp lệ thì quay lại bước 1, hợp lệ thì sang bước 4."),
        ),
        "performer": (
            _("Vị trí nào, thuộc đơn vị nào làm?"),
            _("Ví dụ: Chuyên viên thụ lý, Phòng Quản lý đô thị – không ghi “bộ phận liên quan”."),
        ),
        "time": (
            _("Làm trong bao lâu, tính bằng giờ, ngày làm việc hay ngày?"),
            _("Ví dụ: 4 giờ làm việc; 2 ngày làm việc. Ngày nghỉ lễ không tính vào ngày làm việc."),
        ),
        "responsibility": (
            _("Ai chịu trách nhiệm, về điều gì?"),
            _("Ví dụ: chịu trách nhiệm trước Trưởng phòng về nội dung thẩm định."),
        ),
    }

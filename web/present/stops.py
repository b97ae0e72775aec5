"""Why a case cannot go further or a version cannot be tried out, in words."""

from collections.abc import Mapping

from bpmn.document import Document
from engine.rehearsal import Stop
from engine.spiff import Uncompilable
from web.languages import _, _l

STOPS: Mapping[str, object] = {
    "unknown-name": _l("Hướng đi tiếp hỏi “%(name)s”. Hãy ghi giá trị rồi chọn lại."),
    "expression-type": _l(
        "Giá trị đã ghi không so sánh được với điều kiện. Hãy ghi số, chữ, đúng hoặc sai cho phù hợp."
    ),
    "expression-value": _l("Điều kiện không tính được với giá trị đã ghi."),
    "no-way-out": _l("Không hướng nào có điều kiện đúng: hồ sơ kẹt tại đây. Cần một hướng mặc định."),
    "dead-end": _l("Hồ sơ kẹt: có nhánh chờ một nhánh khác không bao giờ đến."),
    "instance-count": _l("Bước làm cho nhiều nơi cần một danh sách hoặc một số: ghi “A; B; C”, hoặc một số."),
    "step-limit": _l("Quy trình quay vòng mà không chờ ai."),
    "too-many-steps": _l("Hồ sơ đi vòng mãi, không tới kết thúc. Hãy giảm phần hồ sơ quay lại."),
    "too-many-timers": _l("Hẹn giờ lặp lại quá nhiều lần."),
    "timer-range": _l("Thời điểm hẹn nằm ngoài các năm mà lịch làm việc tính được."),
    "beyond-calendar": _l("Thời điểm nằm ngoài các năm mà lịch làm việc tính được."),
    "gone": _l("Nội dung quy trình đã thay đổi so với lần thử này; từ đây hãy chọn lại."),
    "too-many-acts": _l("Lần thử đã đủ 500 thao tác. Hãy làm lại từ đầu."),
}
REFUSALS: Mapping[str, object] = {
    "no-start": _l("thiếu sự kiện bắt đầu"),
    "many-starts": _l("có nhiều sự kiện bắt đầu"),
    "element-unsupported": _l("có loại phần tử hệ thống chưa chạy được"),
    "event-unsupported": _l("có loại sự kiện hệ thống chưa chạy được"),
    "loop-unsupported": _l("có kiểu lặp hệ thống chưa chạy được"),
    "loop-without-count": _l("bước làm nhiều lần nhưng không nói mấy lần"),
    "no-incoming": _l("có phần tử không có đường đến"),
    "not-executable": _l("quy trình chưa được đánh dấu là chạy được"),
    "many-processes": _l("tệp có nhiều quy trình chạy được, không rõ quy trình nào là chính"),
    "expression-syntax": _l("điều kiện rẽ nhánh viết chưa đúng"),
    "timer-syntax": _l("thời gian hẹn viết chưa đúng"),
    "timer-missing": _l("hẹn giờ nhưng không nói khi nào"),
    "message-missing": _l("chờ tin nhưng không nói tin nào"),
}


def stop_words(stop: Stop, document: Document) -> str:
    """Why the case stopped, with the place in the diagram."""
    said = str(STOPS.get(stop.code, _l("Hệ thống không thực hiện được bước này.")))
    if "%(" in said:
        said %= stop.facts
    name = name_of(stop.facts.get("element"), document)
    return _("Tại “%(name)s”: %(said)s", name=name, said=said) if name else said


def refused_words(error: Uncompilable, document: Document) -> str:
    """Why a version cannot be played, with the place in the diagram."""
    said = str(REFUSALS.get(error.code, _l("sơ đồ có chỗ hệ thống không chạy được")))
    name = name_of(error.element, document)
    return _("%(said)s, tại “%(name)s”", said=said, name=name) if name else said


def name_of(element: object, document: Document) -> str:
    """What a node or a flow is called; where it has no name, its id."""
    for process in document.processes.values():
        found = process.nodes.get(str(element)) or process.flows.get(str(element))
        if found is not None:
            return found.name or found.id
    return ""

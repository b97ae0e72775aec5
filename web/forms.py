"""Reading forms: texts in NFC, moments as the office writes them, and what is wrong with a field in words."""

from collections.abc import Mapping
from datetime import date, datetime

from flask import request

from bpmn.folding import normal
from engine.errors import Invalid, Refused
from web.languages import _l
from web.moments import PLACE
from web.numbers import LARGEST
from web.sentences import sentence

FAULTS: Mapping[str, object] = {
    "title": _l("Hãy ghi nội dung, không quá 300 ký tự."),
    "received_at": _l("Lúc tiếp nhận phải là một thời điểm đã qua, ví dụ 08:30 22/11/2026."),
    "phuong_xa": _l("Hãy chọn phường, xã của hồ sơ."),
    "reason": _l("Hãy ghi lý do."),
    "code": _l("Mã gồm 2 đến 60 chữ, số, dấu chấm hoặc gạch; ví dụ QT.QLDT.01."),
    "unit": _l("Hãy chọn đơn vị của đồng chí."),
    "kind": _l("Hãy chọn loại quy trình."),
    "file": _l("Hãy chọn một tệp Word, Excel, CSV, YAML hoặc BPMN."),
    "package": _l("Hãy chọn một gói .zip."),
    "only": _l("Trong gói không có quy trình mã này."),
    "number": _l("Số quyết định gồm chữ số, có thể kèm ký hiệu; ví dụ 05/QĐ-UBND."),
    "signed_on": _l("Ngày ký phải là hôm nay hoặc một ngày đã qua."),
    "versions": _l("Hãy chọn ít nhất một quy trình."),
    "early_reason": _l("Chưa đến thời gian công nhận theo kế hoạch: hãy ghi lý do công nhận sớm."),
    "plan": _l("Hãy chọn kế hoạch."),
    "verdict": _l("Hãy chọn kết quả thẩm định."),
    "opinion": _l("Hãy chọn đồng ý hoặc đề nghị sửa."),
    "remark": _l("Hãy ghi ý kiến, không quá 4.000 ký tự, về một bước đang có."),
    "feedback": _l("Hãy ghi góp ý, không quá 4.000 ký tự."),
    "proposal": _l("Đề nghị giống hệt nội dung đang có. Hãy ghi nội dung mới."),
    "element": _l("Bước này không còn trong bảng."),
    "units": _l("Hãy chọn ít nhất một đơn vị."),
    "due_at": _l("Hạn trả lời phải là một ngày sắp tới."),
    "answer": _l("Đề nghị sửa thì phải ghi rõ nội dung đề nghị."),
    "state": _l("Hãy chọn cách xử lý ý kiến."),
}


MEANT: Mapping[object, str] = {"code-taken": "code", "number-taken": "number", "outside-window": "early_reason"}
"""Refusals that are about one field without naming it."""


class Wrong(Invalid):
    """A field of a form that cannot be read."""

    code = "wrong-field"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


def text(name: str) -> str:
    """A text of the form: NFC, trimmed."""
    return normal(request.form.get(name, ""))


def moment_of(name: str) -> datetime | None:
    """A moment of the form or the query, on the clocks of Việt Nam; None where it is empty. Raises `Wrong`."""
    given = request.values.get(name, "").strip()
    if not given:
        return None
    try:
        read = datetime.fromisoformat(given)
    except ValueError:
        raise Wrong(name) from None
    return read if read.tzinfo else read.replace(tzinfo=PLACE)


def day_of(name: str) -> date:
    """A day of the form. Raises `Wrong`."""
    try:
        return date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        raise Wrong(name) from None


def number(name: str) -> int:
    """A number of the form, within what a column holds. Raises `Wrong`."""
    given = request.form.get(name, "")
    if not (given.isascii() and given.isdecimal() and int(given[:12]) <= LARGEST):
        raise Wrong(name)
    return int(given)


def faults(error: Refused) -> dict[str, str]:
    """What is wrong, by field, for the error summary. Raises the error again where no field of a form is meant."""
    reason = error.facts.get("reason") or error.code
    if reason in MEANT:
        return {MEANT[reason]: sentence(error.code, 409, error.facts)}
    field = str(error.facts.get("field", ""))
    if field not in FAULTS:
        raise error
    return {field: str(FAULTS[field])}

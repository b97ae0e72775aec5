"""What the codes of refusals say in Vietnamese. Below the web there are only codes and facts."""

from collections.abc import Mapping

from web.languages import _l

HEADINGS: Mapping[int, object] = {
    400: _l("Yêu cầu chưa đúng"),
    401: _l("Cần đăng nhập"),
    403: _l("Không được phép"),
    404: _l("Không tìm thấy"),
    405: _l("Cách gửi không phù hợp"),
    409: _l("Tình trạng đã thay đổi"),
    412: _l("Nội dung đã cũ"),
    413: _l("Tệp quá lớn"),
    415: _l("Loại nội dung không đọc được"),
    422: _l("Nội dung chưa đạt"),
    428: _l("Thiếu điều kiện"),
    429: _l("Quá nhiều lần"),
    500: _l("Hệ thống có lỗi"),
    503: _l("Hệ thống đang bận"),
}

SENTENCES: Mapping[str, object] = {
    "refused": _l("Không thực hiện được yêu cầu này."),
    "rejected": _l("Không thực hiện được yêu cầu này."),
    "bpmn-error": _l("Tệp quy trình có chỗ không dùng được."),
    "expression-syntax": _l("Điều kiện rẽ nhánh viết chưa đúng."),
    "decision-unsupported": _l("Bảng quyết định có phần chưa chạy được."),
    "timer-syntax": _l("Thời gian hẹn viết chưa đúng."),
    "edit-refused": _l("Không thực hiện được thay đổi này."),
    "row-unknown": _l("Bước này không còn trong bảng: có thể người khác vừa xóa."),
    "row-last": _l("Đây là bước cuối nên không có bước sau để gộp."),
    "field-unknown": _l("Bảng không có ô này."),
    "name-missing": _l("Hãy ghi tên công việc của bước mới."),
    "time-not-understood": _l("Chưa hiểu thời gian “%(text)s”. Hãy ghi như: 4 giờ, 1/2 ngày, 2 ngày làm việc, 3 ngày."),
    "times-differ": _l("Không cộng được “%(first)s” với “%(second)s”: một bên là giờ làm việc, một bên là ngày."),
    "condition-missing": _l("Hãy ghi khi nào thì đi theo hướng này, ví dụ: không đạt."),
    "goto-unknown": _l("Nơi chuyển đến không có trong bảng."),
    "way-unknown": _l("Hướng này không còn trong bảng: có thể người khác vừa xóa."),
    "edit-clash": _l("Thay đổi của đồng chí không ghép được với thay đổi của người khác; bản của đồng chí chưa lưu."),
    "nothing-to-undo": _l("Không còn thay đổi nào của đồng chí để hoàn tác."),
    "mapping-syntax": _l("Cách ghép cột gửi lên chưa đúng. Hãy chọn lại cột."),
    "unmapped": _l("Không ghép được bảng vào sơ đồ đang có. Hãy nhập lại cả quy trình."),
    "unknown-choice": _l("Lựa chọn này không có."),
    "scenario": _l("Số liệu giả định của mô phỏng chưa hợp lệ."),
    "not-found": _l("Không có nội dung này, hoặc đồng chí không thuộc diện được xem."),
    "not-allowed": _l("Đồng chí xem được nội dung này nhưng không có quyền thực hiện thao tác vừa chọn."),
    "conflict": _l("Tình trạng hiện tại không cho phép thao tác này. Hãy mở lại trang để xem tình trạng mới nhất."),
    "conflict:code-taken": _l("Mã này đã dùng cho một quy trình khác."),
    "conflict:example": _l("Đây là ví dụ để tập soạn: không trình, không lấy ý kiến đơn vị khác."),
    "conflict:no-example": _l("Chỉ bỏ được ví dụ; quy trình thật thì không."),
    "conflict:name-known": _l("Quy trình đã qua bản đầu tiên nên giữ nguyên tên."),
    "conflict:not-in-force": _l("Quy trình này chưa có hiệu lực."),
    "conflict:not-as-appraised": _l("Nội dung không còn đúng với nội dung đã thẩm định."),
    "conflict:extended-before": _l("Hồ sơ này đã được hẹn lại một lần, không hẹn lại nữa."),
    "conflict:no-limit": _l("Hồ sơ này không có hạn trả để hẹn lại."),
    "conflict:has-subject": _l("Hồ sơ này thuộc một quy trình thẩm định, không dừng tại đây được."),
    "conflict:remark-applied": _l("Đề nghị này đã được áp dụng; muốn bỏ hãy hoàn tác trong trang soạn thảo."),
    "conflict:suggestion-stale": _l("Ô này đã được sửa sau khi có đề nghị, nay là “%(now)s”. Chưa áp dụng."),
    "conflict:feedback-taken": _l("Góp ý này đã thành ý kiến của dự thảo; hãy xử lý ở trang rà soát."),
    "conflict:trial-stale": _l("Nội dung đã thay đổi trong lúc đồng chí chạy thử. Hãy chạy lại rồi lưu."),
    "conflict:trials-many": _l("Bản này đã lưu %(limit)s kết quả chạy thử, không lưu thêm được."),
    "conflict:consultation-over": _l("Đã quá hạn trả lời: đơn vị được coi là đồng ý."),
    "task-taken": _l("Việc này đã có đồng chí %(by_name)s nhận."),
    "task-closed": _l("Việc này đã kết thúc."),
    "task-closed:completed": _l("Việc này đã được đồng chí %(by_name)s hoàn thành."),
    "idempotency-key-reused": _l("Khóa chống gửi lặp đã dùng cho một yêu cầu khác."),
    "invalid": _l("Nội dung gửi lên chưa hợp lệ."),
    "calendar-unfit": _l("Tệp lịch có chỗ chưa đúng, chưa nạp gì."),
    "beyond-calendar": _l("Thời điểm hoặc thời hạn nằm ngoài các năm mà lịch làm việc tính được."),
    "unknown-outcome": _l("Kết quả này không có trong các hướng xử lý của bước. Các kết quả hợp lệ: %(known)s."),
    "not-deployable": _l("Quy trình này chưa chạy được trên hệ thống."),
    "not-deployable:called-process-missing": _l(
        "Quy trình này gọi quy trình %(called)s, nhưng quy trình đó chưa có hiệu lực. Hãy công nhận quy trình đó trước."
    ),
    "step-refused": _l("Hệ thống không thực hiện được bước này; chưa có gì thay đổi."),
    "step-refused:into-parallel": _l("Không chuyển được vào giữa các bước làm song song: chỗ hợp lại sẽ chờ mãi."),
    "step-refused:out-of-event": _l("Không đưa được việc do một sự kiện mở thêm sang đường chính của quy trình."),
    "step-refused:into-subprocess": _l("Bước này nằm trong một quy trình con không đang chạy."),
    "step-refused:crowded": _l("Có nhiều việc cùng đi qua chỗ này nên không xác định được việc nào phải chuyển."),
    "step-refused:not-an-activity": _l("Chỉ chuyển được đến một bước công việc."),
    "step-refused:unknown-element": _l("Quy trình không có bước này."),
    "step-refused:open-already": _l("Bước này đang mở."),
    "step-refused:too-many-steps": _l("Quy trình chạy vòng không dừng ở bước nào; chưa có gì thay đổi."),
    "step-refused:too-long": _l("Bước này tính quá lâu nên đã dừng lại; chưa có gì thay đổi."),
    "busy": _l("Hệ thống đang bận ghi dữ liệu. Hãy thử lại sau vài giây; chưa có gì thay đổi."),
    "not-signed-in": _l("Hãy đăng nhập trước."),
    "foreign-origin": _l("Yêu cầu đến từ một trang khác nên không được thực hiện."),
    "form-expired": _l("Biểu mẫu đã hết hạn hoặc thiếu mã bảo vệ. Hãy mở lại trang rồi gửi lại."),
    "bad-request": _l("Yêu cầu thiếu thông tin hoặc sai định dạng."),
    "unsupported-type": _l("Hệ thống không nhận loại nội dung này."),
    "if-match-missing": _l("Cần gửi kèm If-Match để không ghi đè bản của người khác."),
    "stale": _l("Người khác vừa lưu một bản mới hơn. Hãy mở lại trang để xem rồi lưu lại."),
    "not-a-draft": _l("Bản này không còn là dự thảo nên không sửa được."),
    "no-open-step": _l("Quy trình thẩm định, công nhận của bản này hiện không chờ thao tác vừa chọn."),
    "number-taken": _l("Số quyết định %(number)s của năm %(year)s đã dùng."),
    "unclear": _l("Cổng kiểm tra còn chỗ phải sửa."),
    "no-fix": _l("Chỗ này không sửa tự động được, hoặc đã được sửa. Hãy mở lại trang để xem."),
    "not-waivable": _l("Lỗi này không ai được cho qua: quy trình sẽ không chạy được."),
    "profile-unusable": _l("Bộ quy tắc này không có, hoặc không đọc được."),
    "performer-unknown": _l("Có bước chưa xác định được vị trí thực hiện trong thị xã."),
    "package-refused": _l("Gói trao đổi không dùng được; chưa nhập gì."),
    "package-refused:tampered": _l(
        "Tệp “%(member)s” trong gói đã bị thay đổi: không khớp mã SHA-256 ghi trong gói. Chưa nhập gì."
    ),
    "package-refused:missing": _l("Gói thiếu tệp “%(member)s”. Chưa nhập gì."),
    "package-refused:unknown": _l("Trong gói có tệp lạ “%(member)s” không ghi trong manifest.json. Chưa nhập gì."),
    "package-refused:format": _l("Đây không phải gói trao đổi của Năm Rõ: “%(member)s” không đúng dạng."),
    "outside-window": _l("Chưa đến thời gian công nhận theo kế hoạch; cần ghi lý do công nhận sớm."),
    "own-work": _l("Đồng chí đã tham gia soạn bản này nên không được thẩm định hoặc công nhận."),
    "no-table": _l("Tệp đọc được nhưng không thấy bảng các bước."),
    "wrong-field": _l("Nội dung gửi lên chưa hợp lệ."),
    "internal": _l("Đã có lỗi ngoài dự kiến. Khi báo lỗi, hãy nêu mã tham chiếu %(reference)s."),
    "unreadable": _l("Không đọc được tệp này."),
    "request-entity-too-large": _l("Tệp tải lên vượt quá 25 MB."),
    "too-many-requests": _l("Đồng chí đã thử quá nhiều lần. Hãy chờ ít phút rồi thử lại."),
    "method-not-allowed": _l("Địa chỉ này không nhận cách gửi vừa dùng."),
}


def heading(status: int) -> object:
    """The title of an answer with this status."""
    return HEADINGS.get(status, HEADINGS[500 if status >= 500 else 400])


def sentence(code: str, status: int, facts: Mapping[str, object]) -> str:
    """What a code says, with its facts filled in; a code without a sentence says what its status says.

    A code may say more for a `reason` or a `state` among its facts.
    """
    known = SENTENCES.get(f"{code}:{facts.get('reason') or facts.get('state')}") or SENTENCES.get(code)
    text = str(known or heading(status))
    return text % {name: spoken(value) for name, value in facts.items()} if "%(" in text else text


def spoken(value: object) -> str:
    """A fact inside a sentence: lists are joined by commas."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

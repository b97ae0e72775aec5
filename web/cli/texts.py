"""What the command line says, in both languages. Keys are the codes of refusals and the commands' own."""

from collections.abc import Mapping, Sequence

from web.cli.simulation_words import SIMULATION

LANGUAGES = ("vi", "en")

TEXTS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        **SIMULATION["vi"],
        "usage": "Lệnh chưa đúng: {detail}",
        "missing-parameter": "Thiếu {name}.",
        "no-such-option": "Không có tuỳ chọn {name}.",
        "no-such-command": "Không có lệnh {name}. Xem: namro --help",
        "bad-parameter": "Giá trị của {name} không hợp lệ: {detail}",
        "see-help": "Xem cách dùng: {command} --help",
        "interrupted": "Đã dừng.",
        "settings": "Cấu hình không hợp lệ: {names}",
        "database": "Không làm việc được với cơ sở dữ liệu: {detail}",
        "file": "Không đọc hoặc ghi được tệp {name}: {detail}",
        "refused": "Không thực hiện được ({code}): {facts}",
        "not-found": "Không tìm thấy: {facts}",
        "busy": "Cơ sở dữ liệu đang bận, hãy thử lại.",
        "schema-upgraded": "Đã nâng cấp cơ sở dữ liệu.",
        "schema-current": "Cơ sở dữ liệu đúng phiên bản này.",
        "schema-old": "Cơ sở dữ liệu chưa đúng phiên bản này. Hãy chạy: namro db upgrade",
        "demo-loaded": "Đã nạp thị xã mẫu.",
        "demo-not-empty": "Cơ sở dữ liệu đã có dữ liệu, không nạp thị xã mẫu.",
        "demo-loading": "→ Nạp thị xã mẫu …",
        "worker-started": "Tiến trình nền đang chạy.",
        "port-taken": "Cổng {port} trên {host} đang có chương trình khác dùng. Chọn cổng khác: namro serve --port 8001",
        "address-not-ours": "Không mở được {host}:{port}: {detail}",
        "server-not-ready": "Máy chủ web không khởi động được; lý do ở các dòng trên.",
        "serving": "Năm Rõ đang chạy tại {url} — dừng: Ctrl-C",
        "sign-in": "Đăng nhập (một lần) với vai {name}, {title}:\n  {url}",
        "sign-in-how": "Tạo đường dẫn đăng nhập cho một người: namro user link TÊN-ĐĂNG-NHẬP",
        "token": "Mã này chỉ hiện một lần.",
        "no-plan": "Chưa có kế hoạch nào.",
        "plan-windows": "  Xây dựng {drafting_from}–{drafting_until}; công nhận {recognition_from}–{recognition_until}",
        "obligation": "  {number}. {text} — {who}; hạn {due}",
        "no-due": "không ghi",
        "file-ok": "{file}: đạt ({findings} nhận xét).",
        "file-not-ok": "{file}: chưa đạt ({findings} nhận xét).",
        "played": "{name} · {performer} · mở {opened} · hạn {due} · xong {done}",
        "ended": "Kết thúc: {end}, lúc {at}.",
        "unknown-choice": "Không có bước hoặc kết quả này ({given}). Chọn trong: {known}.",
        "beyond-calendar": "Thời điểm hoặc thời hạn nằm ngoài các năm mà lịch làm việc tính được ({facts}).",
        "diff-equal": "Hai bản như nhau.",
        "diff-layout": "Chỉ thay đổi hình vẽ.",
        "converted": "Đã ghi {file} ({steps} bước).",
        "format-unknown": "Không chuyển sang được dạng {ending}. Các dạng: {known}.",
    },
    "en": {
        **SIMULATION["en"],
        "usage": "The command does not fit: {detail}",
        "missing-parameter": "{name} is missing.",
        "no-such-option": "There is no option {name}.",
        "no-such-command": "There is no command {name}. See: namro --help",
        "bad-parameter": "The value of {name} does not fit: {detail}",
        "see-help": "How to use it: {command} --help",
        "interrupted": "Stopped.",
        "settings": "Settings that do not fit: {names}",
        "database": "The database does not work: {detail}",
        "file": "File {name} cannot be read or written: {detail}",
        "refused": "Refused ({code}): {facts}",
        "not-found": "Not found: {facts}",
        "busy": "The database is busy, try again.",
        "schema-upgraded": "The database has been upgraded.",
        "schema-current": "The database is at this release.",
        "schema-old": "The database is not at this release. Run: namro db upgrade",
        "demo-loaded": "The demo town has been loaded.",
        "demo-not-empty": "The database is not empty; the demo town was not loaded.",
        "demo-loading": "→ Loading the demo town …",
        "worker-started": "The worker is running.",
        "port-taken": "Port {port} on {host} is in use. Choose another: namro serve --port 8001",
        "address-not-ours": "{host}:{port} cannot be opened: {detail}",
        "server-not-ready": "The web server did not start; the lines above say why.",
        "serving": "Năm Rõ is running at {url} — stop it with Ctrl-C",
        "sign-in": "Sign in (once) as {name}, {title}:\n  {url}",
        "sign-in-how": "Make somebody a sign-in link: namro user link LOGIN",
        "token": "This token is shown only now.",
        "no-plan": "There is no plan yet.",
        "plan-windows": "  Drafts {drafting_from}–{drafting_until}; recognition {recognition_from}–{recognition_until}",
        "obligation": "  {number}. {text} — {who}; due {due}",
        "no-due": "not stated",
        "file-ok": "{file}: passed ({findings} findings).",
        "file-not-ok": "{file}: not passed ({findings} findings).",
        "played": "{name} · {performer} · opened {opened} · due {due} · done {done}",
        "ended": "End: {end}, at {at}.",
        "unknown-choice": "There is no such step or outcome ({given}). Choose from: {known}.",
        "beyond-calendar": "A moment or deadline lies in no year that the working calendar reckons with ({facts}).",
        "diff-equal": "Both versions say the same.",
        "diff-layout": "Only the drawing changed.",
        "converted": "{file} has been written ({steps} steps).",
        "format-unknown": "{ending} cannot be written. Known: {known}.",
    },
}


def text(language: str, key: str, **facts: object) -> str:
    """Return a text in a language with its facts filled in. Raises `KeyError` for a key that does not exist."""
    return TEXTS[language][key].format(**facts)


def refusal(language: str, code: str, facts: Mapping[str, object]) -> str:
    """Return what a refusal says: its own text where it has one, else its code and facts."""
    known = ", ".join(map(str, _listed(facts.get("known"))))
    given = ", ".join(f"{name}={value}" for name, value in facts.items() if name != "known")
    key = code if code in TEXTS[language] else "refused"
    return text(language, key, code=code, facts=given, given=given, known=known)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()

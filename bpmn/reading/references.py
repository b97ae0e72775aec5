"""References to steps in texts: `bước 3`, `B3`, `bước số 6a`, `mục 3`, `bước I.2`, and the verbs that lead there."""

import re

NUMBER = r"(?P<step>(?:[IVX]{1,4}\.)?\d{1,2}(?:\.\d{1,2})?[a-zđ]?(?:\.\d{1,2})?)\b"
STEP_REF = rf"(?:bước|bươc|buoc|B)\s*\.?\s*(?:số\s*|thứ\s*|\(\s*)?{NUMBER}"
LAW = r"điều|khoản|phụ\s+lục|thông\s+tư|nghị\s+định|quyết\s+định|luật|chương|danh\s+mục|biểu|mẫu|kế\s+hoạch"
ITEM_REF = rf"(?:bước|bươc|buoc|mục|B)\s*\.?\s*(?:số\s*|thứ\s*|\(\s*)?{NUMBER}(?!\s*,?\s*(?:của\s+)?(?:{LAW})\b)"
"""A step as an action names it; the item of a law is none."""

VERB = r"trả|chuyển|quay|thực\s+hiện|làm|theo|về|sang|đến|tới|lặp|tiếp\s+tục|gửi|hoàn\s+trả|giao|bổ\s+sung|tiếp\s+nhận"
SEND = re.compile(rf"(?:\b(?:{VERB})\b[^.,;:→\n]{{0,60}}?)?\b{ITEM_REF}", re.IGNORECASE)
RETURN = re.compile(
    rf"\b(?:trả|quay|làm|thực\s+hiện|chuyển|hoàn|lặp|gửi)\s*(?:lại|về|trả|hồ\s+sơ)\b[^.,;:→\n]{{0,60}}?\b{ITEM_REF}",
    re.IGNORECASE,
)
PREVIOUS = re.compile(r"\bbước\s+(?:liền\s+)?(?:trước|trên|liền\s+kề)\b", re.IGNORECASE)


def is_step(goto: str) -> bool:
    """Whether a way leads to a number, not to an ending."""
    return re.match(r"(?:[ivx]+\.)?\d", goto, re.IGNORECASE) is not None

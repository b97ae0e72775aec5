"""The name of a sub-step: its own words where they tell a task, else those of its group's heading before them."""

import re

from bpmn.folding import search_key
from bpmn.reading.rows import PARALLEL

VERBS = re.compile(
    r"^(?:tiep nhan|tiep thu|tiep tuc|kiem tra|kiem ke|tham dinh|tham tra|tham muu|lap|ky|trinh|xac minh|xac nhan"
    r"|chuyen|tra|gui|du thao|soan|phan cong|phan loai|phan phoi|phoi hop|phat hanh|phe duyet|thong bao|thong tin"
    r"|thong nhat|tong hop|ra soat|dong dau|vao so|scan|so hoa|luu|cap|thu|nhan|xem xet|to chuc|hoan thien"
    r"|hoan chinh|niem yet|cong khai|cong bo|cap nhat|lay y kien|cho y kien|hop|ban hanh|ban giao|xu ly|giai quyet"
    r"|de xuat|de nghi|bao cao|doi chieu|nhap|in|huong dan|xin|giao|thuc hien|trao|tham gia|danh gia|xay dung|nop"
    r"|trich|chinh|duyet|quyet dinh|yeu cau|moi|cu|dang|khao sat|do dac|tinh|thanh toan|mua|theo doi|don doc|cho)\b"
)


def heading(label: str | None) -> str:
    """A group's heading without its bracket and colon: `Lấy ý kiến (song song):` → `Lấy ý kiến`."""
    text = (label or "").replace("\n", " ")
    before, _, bracket = text.partition("(")
    kept = before if PARALLEL.search(search_key(bracket)) else text
    return kept.strip(" :.;-+")


def beside(name: str) -> bool:
    """Whether a task ends with a bracket that says it runs beside others."""
    match = re.search(r"\(([^()]*)\)\s*$", name)
    return match is not None and PARALLEL.search(search_key(match[1])) is not None


def task_name(told: str, label: str | None) -> str:
    """A step's name; a sub-step that begins with no verb is told by its heading: `Lấy ý kiến: Đất đai`."""
    task = re.sub(r"\s*\([^()]*\)\s*$", "", told) if beside(told) else told
    if not label or not task:
        return task or heading(label)
    return task if stands_alone(task) else f"{heading(label)}: {task}"


def stands_alone(task: str) -> bool:
    return VERBS.match(search_key(task)) is not None

"""Where two people wrote the same place, in words, and how one's own text is taken after all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bpmn.threeway import Conflict
from web.languages import _, _l
from web.present.editor import EditorView

PLACES: Mapping[str, object] = {
    "title": _l("tên quy trình"),
    "name": _l("tên công việc"),
    "position": _l("người thực hiện"),
    "performer": _l("người thực hiện"),
    "unit": _l("đơn vị"),
    "co": _l("người phối hợp"),
    "time": _l("thời gian"),
    "output": _l("kết quả"),
    "forms": _l("biểu mẫu"),
    "responsibility": _l("trách nhiệm"),
    "description": _l("mô tả"),
    "note": _l("ghi chú"),
    "phase": _l("giai đoạn"),
    "authority": _l("thẩm quyền"),
    "product": _l("sản phẩm"),
    "parallel_group": _l("nhóm làm song song"),
    "way": _l("các hướng đi tiếp"),
    "drawing": _l("hình vẽ"),
    "removed": _l("việc xóa"),
    "statutory_limit": _l("thời hạn chung"),
    "stated_total": _l("tổng thời gian ghi"),
    "legal_basis": _l("căn cứ pháp lý"),
    "inputs": _l("hồ sơ đầu vào"),
    "outputs": _l("kết quả đầu ra"),
    "trigger": _l("sự kiện bắt đầu"),
    "field_of_work": _l("lĩnh vực"),
}


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """`control` names the editor's control and `mine` its text, where one's own text can be taken after all."""

    words: str
    control: str = ""
    mine: str = ""


def conflict_lines(conflicts: Sequence[Conflict], view: EditorView) -> list[ConflictLine]:
    """The conflicts in words; each place is told once."""
    lines = {_line(conflict, view): None for conflict in conflicts}
    return list(lines)


def _line(conflict: Conflict, view: EditorView) -> ConflictLine:
    step = next((row.step for row in view.rows if row.step.id == conflict.element), None)
    if step is not None and conflict.place == "removed":
        return ConflictLine(kept_row(step.step_no, conflict))
    where = _("Bước %(no)s", no=step.step_no) if step else _("Quy trình")
    known = PLACES.get(conflict.place)
    place = str(known or _("phần khác"))
    if conflict.place in ("removed", "drawing") or conflict.mine is None or conflict.theirs is None:
        return ConflictLine(_("%(where)s: người khác cũng vừa sửa %(place)s.", where=where, place=place))
    words = _(
        "%(where)s, %(place)s: đồng chí ghi “%(mine)s”, người khác vừa ghi “%(theirs)s” và đang được giữ.",
        where=where,
        place=place,
        mine=conflict.mine,
        theirs=conflict.theirs,
    )
    return ConflictLine(words, control_of(conflict), conflict.mine)


def kept_row(number: str, conflict: Conflict) -> str:
    """What is said of a row that one took out while the other wrote in it."""
    if conflict.mine is None:
        return _("Bước %(no)s: đồng chí xóa trong lúc người khác đang sửa; bước được giữ lại.", no=number)
    return _("Bước %(no)s: người khác xóa trong lúc đồng chí đang sửa; bước được giữ lại.", no=number)


def control_of(conflict: Conflict) -> str:
    """The control that holds the place, or nothing where none does."""
    if conflict.place in ("way", "text") or "/" in conflict.place or conflict.place not in PLACES:
        return ""
    return f"set:{conflict.element}:{conflict.place}" if conflict.element else f"head:{conflict.place}"

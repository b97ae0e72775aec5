"""Words of the town's dictionary as they are proposed while somebody types."""

from bpmn.documents import called
from procedures.queries.dictionary import Word
from web.languages import _


def word_line(word: Word) -> dict[str, str]:
    """A word for a script: its text, what is known of it, and of a replaced document the text to take instead."""
    gone = word.replaced[0] if word.replaced else None
    if gone is None:
        return {"text": word.text, "note": note(word)}
    told = _(
        "%(number)s đã được %(by)s thay từ %(day)s",
        number=gone.number,
        by=gone.by,
        day=gone.since.strftime("%d/%m/%Y"),
    )
    instead = called(gone.by)
    return {"text": word.text, "note": told, "instead": instead, "take": _("Dùng %(document)s", document=instead)}


def note(word: Word) -> str:
    if not word.procedures:
        return _("văn bản hệ thống biết")
    if word.in_force:
        return _("%(n)s quy trình dùng, đang có hiệu lực", n=word.procedures)
    return _("%(n)s dự thảo dùng", n=word.procedures)


def said(count: int) -> str:
    """What a screen reader hears when words are proposed."""
    return _("%(n)s gợi ý, dùng mũi tên lên xuống để chọn", n=count) if count else _("không có gợi ý")

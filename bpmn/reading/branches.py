"""Branches in the text of a step: `Không đồng ý: trả B5`, `Thiếu: Mẫu 02`, `Quá hạn không trả lời coi như đồng ý`.

A clause is a condition and an action, parted by a colon, a comma or "thì".  Only an action that leads somewhere makes a
branch; "Đạt: chuyển bước 8" of step 7 is the normal way.
"""

import re
from dataclasses import dataclass

from bpmn.folding import search_key
from bpmn.reading.references import PREVIOUS, RETURN, SEND

FORM = re.compile(
    r"\b(?:(?:Mẫu|mẫu|Biểu mẫu)\s*(?:số\s*)?\d{1,2}[A-Za-z]?|(?:BM|PL|QT|MB)(?:[-.][\wĐ]+)+"
    r"|Phiếu\s+[^,;.()\n]+|Thông báo\s+[^,;.()\n]+)"
)
SUPPLEMENT = re.compile(r"bo sung|huong dan (?:hoan thien|lai)|hoan thien (?:lai )?ho so|mau (?:so )?0?2\b")
REFUSE = re.compile(
    r"tu choi|khong cong nhan|khong (?:tiep nhan|thu ly|giai quyet)|thong bao khong|mau (?:so )?0?3\b"
    r"|tra (?:lai )?ho so"
)
ENDS = re.compile(
    r"ket thuc(?: (?:quy trinh|ho so|viec|xu ly|giai quyet|tai day))|^(?:ket thuc|dung|ngung|huy)(?: lai)?$"
    r"|ngung (?:xu ly|giai quyet|thuc hien)"
)
REFUSED = re.compile(r"\btu choi\b")
SILENT = re.compile(r"(?:coi|xem) (?:nhu )?(?:la )?(?:da )?(?:dong y|thong nhat|chap thuan|nhat tri)")
APOLOGY = re.compile(r"xin loi")
RESTART = re.compile(r"tinh lai(?: tu dau)?|bat dau lai")
PAUSE = re.compile(r"tam dung|khong tinh (?:vao )?thoi gian|dung tinh")
CUTOFF = re.compile(r"sau\s*(?:15|15h|3)\s*(?:gio|h|:00|g)\s*(?:00)?|sau 15h")
CONDITION_STARTS = (
    "neu|truong hop|khi|khong|chua|thieu|sai|trai|trung|qua han|qua|ho so|vuot|co|yeu cau|ngoai|gui nham|van ban|con"
    "|het han|nguoc lai|trong truong hop|thong tin|nhan sau|den han|nguyen nhan|phat hien"
)
NEGATIVE = re.compile(rf"^\(?(?:{CONDITION_STARTS})\b")
POSITIVE = re.compile(
    r"^(?:neu |truong hop )?(?:lanh dao |chu tich )?(?:ho so |van ban |noi dung )?(?:da |duoc |dam bao |bao dam )*"
    r"(?:dat|du|dong y|hop le|dung|day du|thong nhat|phe duyet|duyet|ky|nhat tri|chap thuan|tan thanh|co$|ok$)\b"
)
DENIAL = re.compile(r"\b(?:khong|chua)\b")
OPENING = re.compile(r"^(?:nếu|(?:trong )?trường hợp|khi)\s+", re.IGNORECASE)
CASE = r"(?:trong\s+)?(?:nếu|trường\s+hợp|ngược\s+lại)"
BACK = r"(?:trả|chuyển|quay|làm|thực\s+hiện|lặp)\b[^,;.:()]{0,60}?"
INLINE = re.compile(
    rf"[,;.]\s*(?={CASE}\s)|,\s*(?=[^,;.]{{1,40}}(?:=>|->|→|⇒))|\s+(?={CASE}\s[^.;]*?(?:bước|B)\s*\d)"
    rf"|[,;.]\s*(?={BACK}(?:bước|mục|B)\s*\d\S*\s+(?:nếu|khi|trong)\s)",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"\s*(?::|\bthì\b|→|=>|->|⇒)\s*|\s+[-–]\s+(?=(?:trả|chuyển|quay|làm\s+lại|thực\s+hiện\s+lại|về)\b)", re.IGNORECASE
)
TURNED = re.compile(
    rf"(?P<action>{BACK}(?:bước|mục|B)[^,;:(]*?)\s+\(?(?P<condition>(?:nếu|khi|{CASE})\s.+)$", re.IGNORECASE | re.DOTALL
)
BRACKETED = re.compile(r"(?P<condition>[^()]+)\((?P<action>[^()]+)\)\W*$")
ASIDE = re.compile(r"\s*\(([^()]+)\)")
SENTENCE = re.compile(r"(?:(?<=[^\d\W])|(?<=\))|(?<=\w\s\d)|(?<=\w\s\d\d)|(?<=[Bb]\d)|(?<=[Bb]\d\d))\.\s+(?=[A-ZĐÀ-Ỹ])")
MOST_WORDS = 20  # of a condition that begins like none


@dataclass(frozen=True, slots=True)
class Clause:
    """A way out that a text names. `goto` is a step's number as written, an ending, "next" or "previous".

    `sure` is False where the condition begins like none.
    """

    condition: str
    goto: str
    text: str
    clock: str = "continue"
    form: str | None = None
    note: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """A cell's text taken apart: the task's name, its clauses, and the other sentences."""

    name: str
    clauses: tuple[Clause, ...] = ()
    rest: tuple[str, ...] = ()
    cutoff: bool = False


def tell(text: str, *, citizen: bool, named: bool = True) -> Told:
    """Take a step's text apart.

    `citizen` says who supplements: the citizen or a unit; `named` that a task comes first.
    """
    plain: list[str] = []
    clauses: list[Clause] = []
    for sentence in sentences(text):
        clause = clause_of(sentence, citizen=citizen)
        if clause is None or not (clause.sure or plain or not named):
            plain.append(sentence)
        else:
            clauses.append(clause)
    name = plain[0].strip(" :;.") if plain else ""
    return Told(name, tuple(clauses), tuple(plain[1:]), cutoff=CUTOFF.search(search_key(text)) is not None)


def sentences(text: str) -> list[str]:
    """Lines without their bullets, and the sentences in them; "; " parts only clauses from clauses."""
    found: list[str] = []
    for line in text.split("\n"):
        stripped = re.sub(r"^\s*[-+*•–◦○▪‣]\s*", "", line).strip()
        for sentence in SENTENCE.split(stripped):
            for piece in with_asides(sentence.strip()):
                found += [part for inner in INLINE.split(piece) for part in clause_parts(inner.strip())]
    return [sentence for sentence in found if sentence]


def with_asides(sentence: str) -> list[str]:
    """A sentence, and the clauses that stand in its brackets."""
    asides = [match for match in ASIDE.finditer(sentence) if clause_of(match[1], citizen=True) is not None]
    for match in reversed(asides):
        sentence = f"{sentence[: match.start()]}{sentence[match.end() :]}"
    return [sentence.strip(), *(match[1].strip() for match in asides)]


def clause_parts(sentence: str) -> list[str]:
    """`Đủ: lập Giấy tiếp nhận; thiếu: Phiếu yêu cầu bổ sung` are two clauses; a plain list of tasks is one sentence."""
    pieces = re.split(r";\s*", sentence)
    clauses = [clause_of(piece, citizen=True) is not None or SPLIT.search(piece) is not None for piece in pieces]
    if len(pieces) > 1 and all(clauses):
        return pieces
    if len(pieces) > 1 and clause_of(pieces[-1], citizen=True) is not None:
        return ["; ".join(pieces[:-1]), pieces[-1]]
    return [sentence]


def clause_of(sentence: str, *, citizen: bool) -> Clause | None:
    """The clause that a sentence is, or None: a sentence without condition or without a way is none."""
    silent = SILENT.search(search_key(sentence))
    if silent is not None:
        condition = re.split(r"\s+(?:thì\s+)?(?:được\s+)?(?:coi|xem)\s+", sentence, maxsplit=1, flags=re.IGNORECASE)[0]
        return Clause(lowered(condition), "next", sentence, note="silent_consent")
    condition, action = parted(sentence)
    if not action or not condition:
        return None
    goto = goto_of(action, citizen=citizen)
    if goto in (None, "end_1") and REFUSED.search(search_key(condition)):
        goto = "end_rejected"
    if goto is None:
        return None
    opened = OPENING.sub("", condition)
    form = FORM.search(action)
    return Clause(
        lowered(opened),
        goto,
        sentence,
        clock=clock_of(action, goto),
        form=form[0].strip() if form else None,
        note=action,
        sure=judged(condition),
    )


def judged(condition: str) -> bool:
    """Whether a text begins like a condition."""
    plain = search_key(condition)
    return NEGATIVE.match(plain) is not None or POSITIVE.match(plain) is not None


def parted(sentence: str) -> tuple[str, str]:
    """Condition and action of a sentence, or two empty texts."""
    inner = sentence[1:-1] if sentence.startswith("(") and sentence.find(")") == len(sentence) - 1 else sentence
    turned = TURNED.match(inner)
    if turned is not None:
        return turned["condition"].strip(" ,.)"), turned["action"]
    for mark in SPLIT.finditer(inner):
        condition, action = inner[: mark.start()].strip(" ,("), inner[mark.end() :].strip()
        leads = SEND.search(action) is not None and 0 < len(condition.split()) <= MOST_WORDS
        denied = DENIAL.search(search_key(condition)) is not None and len(condition.split()) <= MOST_WORDS
        if judged(condition) or leads or (denied and ":" in mark[0] and goto_of(action, citizen=True)):
            return condition, action
    bracketed = BRACKETED.match(inner)
    denied = bracketed is not None and DENIAL.search(search_key(bracketed["condition"])) is not None
    if bracketed is not None and (denied or judged(bracketed["condition"])) and SEND.search(bracketed["action"]):
        return bracketed["condition"].strip(" ,"), bracketed["action"]
    return without_mark(inner)


def without_mark(sentence: str) -> tuple[str, str]:
    """`Nếu chưa đạt trả về B2`, `Sai thể thức, trả lại bước 6`: the action begins at its verb."""
    send = RETURN.search(sentence) or SEND.search(sentence) or re.search(r",\s*(?=[^,]+$)", sentence)
    if send is None:
        return "", ""
    condition, action = sentence[: send.start()], sentence[send.start() :].strip(" ,")
    sent_back = condition.rstrip().endswith(",") and RETURN.match(action) is not None
    if judged(sentence) or (sent_back and len(condition.split()) <= MOST_WORDS):
        return condition.strip(" ,"), action
    return "", ""


def goto_of(action: str, *, citizen: bool) -> str | None:
    """Where an action leads: a step's number, an ending, or None."""
    send = SEND.search(action)
    if send is not None:
        return send["step"]
    if PREVIOUS.search(action):
        return "previous"
    plain = search_key(action)
    if SUPPLEMENT.search(plain):
        return "wait_citizen" if citizen else "wait_unit"
    if REFUSE.search(plain):
        return "end_rejected"
    return "end_1" if ENDS.search(plain) else None


def clock_of(action: str, goto: str) -> str:
    plain = search_key(action)
    if RESTART.search(plain):
        return "restart"
    if PAUSE.search(plain):
        return "pause"
    if goto == "wait_citizen":
        return "restart"
    return {"wait_unit": "pause", "end_rejected": "stop"}.get(goto, "continue")


def positive(clause: Clause) -> bool:
    """Whether a clause names the good outcome."""
    return POSITIVE.match(search_key(clause.condition)) is not None


def lowered(text: str) -> str:
    """A condition begins small, unless its first word is an abbreviation."""
    stripped = text.strip(" .,;:-+(")
    return stripped[:1].lower() + stripped[1:] if stripped[1:2].islower() or stripped[1:2] == " " else stripped


def apology(text: str) -> Clause | None:
    """The rule that a note below the table states: an apology before the limit runs out."""
    if APOLOGY.search(search_key(text)) is None:
        return None
    form = re.search(r"Mẫu\s*(?:số\s*)?\d{1,2}", text)
    condition = re.search(r"(?:trước|còn)[^,;.]*hạn[^,;.]*?(?=\s+(?:phải|thì|có)|[,;.]|$)", text)
    said = condition[0] if condition else "dự kiến quá hạn"
    return Clause(lowered(said), "apologize", text, form=form[0] if form else None, note=text)

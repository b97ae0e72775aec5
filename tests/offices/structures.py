"""The structures of tables, each a change of a draft: sections, sub-steps, shared times, persons, totals."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from bpmn.fiveclear import Branch, Duration, TimeUnit
from offices.compose import Draft, renumbered, say, shown
from offices.paper import Line
from offices.truth import timed
from offices.words import DITTOS, TOTALS, figure, odd_time

LABELS = (("I", "II", "III"), ("I", "III", "IV"), ("A", "B", "C"), ("I", "II", "III"))
PERSONS = ("Nguyễn Văn B", "Trần Thị Lan", "Lê Quang Huy", "Phạm Thu Hà", "B", "Hoàng Đức Anh", "Võ Thị C", "Bùi Ngọc")
CONDITIONS = (
    *("không đồng ý", "chưa đạt", "hồ sơ không hợp lệ", "chưa đạt yêu cầu", "không đạt", "sai thể thức"),
    *("có ý kiến khác", "nội dung chưa phù hợp", "phát hiện sai sót", "không thống nhất", "chưa đủ cơ sở"),
)


def sections(draft: Draft) -> None:
    """Roman sections whose numbering restarts; sometimes one is jumped over."""
    labels = draft.random.choice(LABELS)
    size = -(-len(draft.lines) // 3)
    across = draft.random.random() < 0.5 or "number" not in draft.fields
    lines: list[Line] = []
    numbers: dict[str, str] = {}
    stems: list[str] = []
    section = -1
    for line, step in zip(draft.lines, draft.steps, strict=True):
        stem = step.number.rstrip("abcd")
        if section < 0 or (len(stems) >= size and stem not in stems and section < 2):
            section, stems = section + 1, []
            lines.append(section_line(draft, labels[section], f"CẤP {('XÃ', 'TỈNH', 'HUYỆN')[section]}", across=across))
        if stem not in stems:
            stems.append(stem)
        plain = f"{len(stems)}{step.number[len(stem) :]}"
        numbers[step.number] = f"{labels[section]}.{plain}"
        line.texts["number"] = shown(draft, plain)
        lines.append(line)
    draft.lines = lines
    renumbered(draft, numbers)


def section_line(draft: Draft, label: str, title: str, *, across: bool) -> Line:
    if across:
        return Line({draft.fields[0]: f"{label}. {title}"}, "section", set())
    return Line({"number": label, "name": title}, "section")


def more_loops(draft: Draft) -> None:
    """A way back in nearly every step; one leads nowhere."""
    numbers = [step.number for step in draft.steps]
    taken = {at for at, _ in draft.ways}
    for at in range(1, len(numbers)):
        if numbers[at] in taken or draft.steps[at].group:
            continue
        goto = numbers[draft.random.randrange(at)]
        if at == len(numbers) - 1:
            goto = "19"
        say(draft, Branch(numbers[at], draft.random.choice(CONDITIONS), goto))


def run_of(draft: Draft, size: int) -> int | None:
    """Where a run of steps begins that have one performer, a working time and no group."""
    starts = [
        at
        for at in range(1, len(draft.steps) - size)
        if all(
            step.group is None
            and step.number.isdigit()
            and step.unit in (TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY, TimeUnit.WORKING_HOUR)
            and step.unit is draft.steps[at].unit
            for step in draft.steps[at : at + size]
        )
    ]
    return draft.random.choice(starts) if starts else None


def fitting_run(draft: Draft, size: int) -> tuple[int | None, int]:
    """A run of this size, else one of two."""
    at = run_of(draft, size)
    return (at, size) if at is not None else (run_of(draft, 2), 2)


def shared(draft: Draft) -> None:
    """One time over several steps."""
    size = draft.random.choice([2, 3, 3])
    at, size = fitting_run(draft, size)
    if at is None:
        return
    members = draft.steps[at : at + size]
    value = sum((step.value for step in members), Fraction(0))
    words = {TimeUnit.WORKING_DAY: "ngày làm việc", TimeUnit.CALENDAR_DAY: "ngày", TimeUnit.WORKING_HOUR: "giờ"}
    draft.lines[at].texts["time"] = f"{figure(value)} {words[members[0].unit or TimeUnit.WORKING_DAY]}"
    for row in range(at + 1, at + size):
        draft.lines[row].merged.add("time")
    block = f"{members[0].number}-{members[-1].number}"
    for row in range(at, at + size):
        draft.steps[row] = replace(draft.steps[row], unit=TimeUnit.SHARED, value=value, block=block)


def several(draft: Draft) -> None:
    """Several performers with several times in one cell: the steps of a run written as one."""
    size = draft.random.choice([2, 3])
    at, size = fitting_run(draft, size)
    if at is None:
        return
    run = range(at, at + size)
    numbers: dict[str, str] = {}
    for row, step in enumerate(list(draft.steps)):
        stem = step.number.rstrip("abcd")
        if row in run:
            numbers[step.number] = f"{draft.steps[at].number}.{row - at + 1}"
        elif row >= at + size:
            numbers[step.number] = f"{int(stem) - size + 1}{step.number[len(stem) :]}"
    leads = [draft.steps[row].people[:1] for row in run]
    texts = dict(draft.lines[at].texts)
    texts["name"] = "\n".join(f"- {draft.lines[row].texts['name']}" for row in run)
    texts["performer"] = "\n".join(lead[0] for lead in leads)
    texts["time"] = "\n".join(draft.lines[row].texts["time"] for row in run)
    draft.own = {key: line for key, line in draft.own.items() if key not in {draft.steps[row].number for row in run}}
    draft.steps[at : at + size] = [replace(draft.steps[row], people=draft.steps[row].people[:1]) for row in run]
    draft.lines[at : at + size] = [replace(draft.lines[at], texts=texts)]
    renumbered(draft, numbers)
    renumber_lines(draft, numbers)


def renumber_lines(draft: Draft, numbers: dict[str, str]) -> None:
    """Write the new numbers into the rows that still show old ones."""
    for line in draft.lines:
        old = next((before for before in numbers if shown(draft, before) == line.texts.get("number")), None)
        if old is not None and "." not in numbers[old]:
            line.texts["number"] = shown(draft, numbers[old])


def sub_steps(draft: Draft) -> None:
    """A run of steps as 4.1, 4.2 below a line that only heads them."""
    size = draft.random.choice([2, 3])
    at, size = fitting_run(draft, size)
    if at is None:
        return
    head = draft.steps[at].number
    numbers = {}
    for row, step in enumerate(draft.steps):
        stem = step.number.rstrip("abcd")
        if at <= row < at + size:
            numbers[step.number] = f"{head}.{row - at + 1}"
        elif row >= at + size:
            numbers[step.number] = f"{int(stem) - size + 1}{step.number[len(stem) :]}"
    for row, step in enumerate(draft.steps):
        draft.lines[row].texts["number"] = shown(draft, numbers.get(step.number, step.number))
    title = draft.random.choice(["Xử lý hồ sơ", "Thẩm định, trình ký:", "Giải quyết hồ sơ"])
    draft.lines.insert(at, Line({"number": shown(draft, head), "name": title}, "heading"))
    renumbered(draft, numbers)


def letters(draft: Draft) -> None:
    """Members of a group in one cell: `3a) …`, `3b) …`, each with its performer and time by line."""
    groups = [step.group for step in draft.steps if step.group]
    if not groups:
        return several(draft)
    rows = [row for row, step in enumerate(draft.steps) if step.group == groups[0]]
    stem = draft.steps[rows[0]].number.rstrip("abcd")
    texts = dict(draft.lines[rows[0]].texts) | {"number": shown(draft, stem)}
    tasks = [f"{draft.steps[row].number}) {draft.steps[row].name}" for row in rows]
    texts["name"] = "\n".join(["Lấy ý kiến (thực hiện đồng thời):", *tasks])
    texts["performer"] = "\n".join(draft.steps[row].people[0] for row in rows)
    texts["time"] = "\n".join(draft.lines[row].texts["time"] for row in rows)
    for row in rows:
        draft.steps[row] = replace(draft.steps[row], people=draft.steps[row].people[:1])
    draft.lines[rows[0] : rows[-1] + 1] = [replace(draft.lines[rows[0]], texts=texts)]
    members = {draft.steps[row].number for row in rows}
    draft.own = {number: line for number, line in draft.own.items() if number not in members}
    return None


def dittos(draft: Draft) -> None:
    """What stands above, said in short; all marks in turn."""
    for name in ("performer", "responsibility", "result"):
        whole = [line.texts.get(name, "") for line in draft.lines]
        for row in range(1, len(whole)):
            if whole[row] and whole[row] == whole[row - 1]:
                draft.lines[row].texts[name] = draft.random.choice(DITTOS)


def merged_performers(draft: Draft) -> None:
    """Equal performers of neighbours in one merged cell."""
    for row in range(len(draft.lines) - 1, 0, -1):
        if draft.lines[row].texts["performer"] == draft.lines[row - 1].texts["performer"]:
            draft.lines[row].merged.add("performer")


def persons(draft: Draft) -> None:
    """Positions with persons; later the person alone."""
    names = draft.random.sample(PERSONS, len(PERSONS))
    known: dict[str, str] = {}
    for line, step in zip(draft.lines, list(draft.steps), strict=True):
        at = draft.steps.index(step)
        said = []
        for who in step.people:
            if who not in known and len(known) < len(names) and draft.random.random() < 0.8:
                known[who] = names[len(known)]
                shape = draft.random.choice(["{}: đ/c {}", "{} (đ/c {})", "{} - đ/c {}", "{}: đồng chí {}"])
                said.append(shape.format(who, known[who]))
            else:
                said.append(f"đ/c {known[who]}" if who in known else who)
        line.texts["performer"] = "\n".join(said)
        draft.steps[at] = replace(step, persons=tuple(known.get(who) for who in step.people))


def odd_times(draft: Draft, start: int) -> None:
    """Every time that was met, in turn; the first step counts in working days."""
    for at, step in enumerate(draft.steps):
        time = Duration("01 ngày làm việc", TimeUnit.WORKING_DAY, Fraction(1)) if at == 0 else odd_time(start + at)
        draft.lines[at].texts["time"] = time.text
        draft.steps[at] = timed(step, time)


def with_total(draft: Draft, random: Random) -> None:
    """A total in one of its words and places."""
    limit = draft.table.statutory_limit or {}
    text = str(limit.get("text", "")).split(" kể từ")[0]
    if not limit.get("value") or draft.table.code == "QT-VP-01":
        return
    label = random.choice(["name", draft.fields[0]]) if draft.fields[0] != "time" else "name"
    if label == "number":
        label = random.choice(["number", "name"])
    line = Line({label: random.choice(TOTALS), "time": text}, "total")
    draft.lines.insert(random.choice([len(draft.lines), len(draft.lines), 0]), line)


def unnumbered(draft: Draft) -> None:
    """No numbers at all: a reader counts."""
    renumbered(draft, {step.number: str(at) for at, step in enumerate(draft.steps, start=1)})


def number_in_name(draft: Draft) -> None:
    """`Bước 1: Tiếp nhận hồ sơ` in the column of tasks."""
    shape = draft.random.choice(["Bước {}: ", "Bước {}. ", "B{}. ", "{}. ", "Bước {} - "])
    for line, step in zip(draft.lines, draft.steps, strict=True):
        line.texts["name"] = shape.format(step.number) + line.texts["name"]


def helpers(draft: Draft) -> None:
    """Supporting performers in a column of their own."""
    at = draft.fields.index("performer") + 1
    draft.columns = (*draft.columns[:at], ("co", "Phối hợp"), *draft.columns[at:])
    for line, step in zip(draft.lines, draft.steps, strict=True):
        line.texts["performer"] = step.people[0] if step.people else ""
        line.texts["co"] = "; ".join(step.people[1:])


def group_column(draft: Draft) -> None:
    """A first column of phases, merged downwards."""
    draft.columns = (("phase", draft.random.choice(["Giai đoạn", "Cấp thực hiện"])), *draft.columns)
    third = -(-len(draft.lines) // 3)
    for at, line in enumerate(draft.lines):
        line.texts["phase"] = ("Chuẩn bị hồ sơ", "Giải quyết hồ sơ", "Kết thúc")[at // third]
        if at % third:
            line.merged.add("phase")

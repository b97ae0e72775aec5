"""The table as rows of texts, for CSV, Excel and Word: what a person prints and a reader reads back."""

from bpmn.fiveclear import Branch, FiveClear, Performer, Step

HEADER = (
    "TT",
    "Nội dung công việc",
    "Người thực hiện",
    "Thời gian",
    "Biểu mẫu/Kết quả",
    "Trách nhiệm",
    "Rẽ nhánh",
    "Ghi chú",
)

GOTO_WORDS = {
    "end_rejected": "từ chối",
    "end_returned": "trả lại hồ sơ",
    "end_withdrawn": "kết thúc, rút hồ sơ",
    "end_filed": "kết thúc, lưu hồ sơ",
    "end_excluded": "kết thúc, không xét",
    "wait_citizen": "yêu cầu công dân bổ sung",
    "wait_unit": "yêu cầu đơn vị bổ sung",
    "complaint_subprocess": "giải quyết khiếu nại",
    "apologize": "xin lỗi và hẹn lại",
}
CLOCK_WORDS = {"restart": "thời hạn tính lại từ đầu", "pause": "tạm dừng tính thời gian"}


def head_lines(table: FiveClear) -> list[str]:
    """What stands above the table."""
    limit = (table.statutory_limit or {}).get("text")
    lines = [
        table.unit_name,
        f"QUY TRÌNH: {table.title}",
        f"Mã số: {table.code}" if table.code else None,
        f"Lĩnh vực: {table.field_of_work}" if table.field_of_work else None,
        f"Thời hạn giải quyết: {limit}" if limit else None,
    ]
    return [line for line in lines if line]


def step_rows(table: FiveClear) -> list[list[str]]:
    """One row for each step, under HEADER; a phase stands in a row of its own."""
    rows: list[list[str]] = []
    phase: str | None = None
    for step in table.steps:
        if step.phase and step.phase != phase:
            rows.append([step.phase] + [""] * (len(HEADER) - 1))
        phase = step.phase
        rows.append(step_row(step, [branch for branch in table.branches if branch.at == step.step_no]))
    total = (table.stated_total or {}).get("text")
    if isinstance(total, str):
        rows.append(["", "Tổng thời gian", "", total] + [""] * (len(HEADER) - 4))
    return rows


def step_row(step: Step, branches: list[Branch]) -> list[str]:
    performers = [*([step.performer] if step.performer else []), *step.co_performers]
    group = " (song song)" if step.parallel_group else ""
    return [
        step.step_no,
        f"{step.name}{group}",
        "\n".join(map(performer_text, performers)),
        step.duration.text if step.duration else "",
        "\n".join([*([step.output] if step.output else []), *step.forms]),
        step.responsibility or "",
        "\n".join(map(branch_text, branches)),
        "\n".join(part for part in (step.description, step.note) if part),
    ]


def performer_text(performer: Performer) -> str:
    written = (performer.unit or "").replace(";", ",")  # a semicolon would part two performers
    unit = "" if not written or written in performer.position else f" {written}"
    person = f": đ/c {performer.person}" if performer.person else ""
    return f"{performer.position}{unit}{person}"


def branch_text(branch: Branch) -> str:
    """A branch in words that the reader understands again."""
    if branch.note == "silent_consent":
        return f"{branch.condition} coi như đồng ý"
    way = GOTO_WORDS.get(branch.goto) or goto_text(branch.goto)
    parts = [way, branch.form, CLOCK_WORDS.get(branch.clock), branch.note]
    return f"{branch.condition}: {'; '.join(part for part in parts if part)}"


def goto_text(goto: str) -> str:
    if goto.startswith("call:"):
        return f"thực hiện quy trình {goto.removeprefix('call:')}"
    return f"chuyển bước {goto}" if goto[:1].isdigit() else goto


def rule_lines(table: FiveClear) -> list[str]:
    """Rules that hold at every step, for below the table."""
    return [f"Ghi chú: {branch_text(branch)}" for branch in table.branches if branch.at == "any"]

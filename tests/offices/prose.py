"""Steps written in plain paragraphs, without any table."""

from offices.compose import Draft
from offices.paper import Paper
from offices.word import as_word

LABELS = (
    {"performer": "Người thực hiện", "time": "Thời gian", "result": "Kết quả"},
    {"performer": "Đơn vị thực hiện", "time": "Thời hạn", "result": "Sản phẩm"},
    {"performer": "Trách nhiệm", "time": "Thời gian thực hiện", "result": "Biểu mẫu/Kết quả"},
)


def as_prose(draft: Draft) -> tuple[list[str], bytes]:
    """What the steps say without its labels, and the document that holds it."""
    labels = draft.random.choice(LABELS)
    inline, bullets = draft.random.random() < 0.4, draft.random.choice(["", "- ", "+ "])
    number = draft.random.choice(["Bước {}:", "Bước {}.", "{}.", "B{}:", "Bước {} -"])
    texts: list[str] = []
    cells: list[str] = []
    steps = [line for line in draft.lines if line.kind == "step"]
    for line, step in zip(steps, draft.steps, strict=True):
        names = line.texts["name"].split("\n")
        people = line.texts["performer"].replace("\n- ", "; ").replace("\n", "; ").removeprefix("- ")
        said = [(labels["performer"], people), (labels["time"], line.texts["time"])]
        said.append((labels["result"], line.texts["result"].replace("\n", "; ")))
        parts = [f"{label}: {text}" for label, text in said if text]
        cells += [line.texts["name"], *(text for _, text in said)]
        first = f"{number.format(step.number)} {names[0]}"
        if inline:
            texts += [". ".join([first, *parts]) + ".", *names[1:]]
        else:
            texts += [first, *names[1:], *(bullets + part for part in parts)]
    paper = Paper([], before=[f"QUY TRÌNH {draft.table.title.upper()}", "Phước Long, năm 2021", *texts])
    return cells, as_word(paper, surrounded=draft.random.random() < 0.5)

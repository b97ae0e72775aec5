"""Tables for a terminal: columns as wide as their texts, the widest cut where the line would be too long."""

from collections.abc import Sequence

GAP = "  "
NARROWEST = 14


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int], width: int) -> list[str]:
    """Lines of a table with a rule under its head; `right` are the columns of numbers."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    while sum(widths) + len(GAP) * (len(widths) - 1) > width and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    rule = ["─" * each for each in widths]
    return [line(row, widths, right) for row in (head, rule, *rows)]


def line(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    cells = (
        cut(text, wide).rjust(wide) if at in right else cut(text, wide).ljust(wide)
        for at, (text, wide) in enumerate(zip(row, widths, strict=True))
    )
    return GAP.join(cells).rstrip()


def cut(text: str, width: int) -> str:
    """The text, its end left out where it is too long."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def bar(share: float, width: int) -> str:
    """A share as a bar, eighths of a letter exact."""
    eighths = round(min(1.0, max(0.0, share)) * width * 8)
    return "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]

"""How lead times are distributed: bars of equal width, as a table and as a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from lxml import etree

from web.languages import _

SVG = "http://www.w3.org/2000/svg"
DAY, HOUR = 480, 60  # working minutes
WIDTHS = (HOUR / 4, HOUR / 2, HOUR, 2 * HOUR, DAY / 2, DAY, 2 * DAY, 5 * DAY, 10 * DAY, 20 * DAY, 50 * DAY, 100 * DAY)
MOST = 16  # bars
WIDE, HIGH, LEFT, FOOT = 640, 220, 44, 44
QUIET, LINE, BLUE = "#535c69", "#ddd8cc", "#174a5f"


@dataclass(frozen=True, slots=True)
class Bar:
    """Cases whose lead time lies from `since` to below `until`, in working minutes; `share` of all."""

    since: float
    until: float
    count: int
    share: float

    @property
    def words(self) -> str:
        return f"{short(self.since)} – {short(self.until)}"


def bars(leads: Sequence[float]) -> list[Bar]:
    """The distribution; `leads` in working minutes, the shortest first."""
    if not leads:
        return []
    width = next((each for each in WIDTHS if leads[-1] / each < MOST), leads[-1] / (MOST - 1))
    first, last = int(leads[0] // width), int(leads[-1] // width)
    counts = [0] * (last - first + 1)
    for lead in leads:
        counts[int(lead // width) - first] += 1
    return [
        Bar((first + n) * width, (first + n + 1) * width, count, count / len(leads)) for n, count in enumerate(counts)
    ]


def histogram(found: Sequence[Bar]) -> str:
    """The bars as one SVG element, as text; its alternative is the table of the same numbers."""
    if not found:
        return ""
    total = {"viewBox": f"0 0 {WIDE} {HIGH + FOOT}", "role": "img", "aria-label": _("Biểu đồ thời gian giải quyết")}
    svg = etree.fromstring(f'<svg xmlns="{SVG}"/>')
    for name, said in total.items():
        svg.set(name, said)
    top, step = max(bar.share for bar in found), (WIDE - LEFT) / len(found)
    for part in (0.0, 0.5, 1.0):
        y = HIGH - part * (HIGH - 20)
        _add(svg, "line", x1=LEFT, x2=WIDE, y1=y, y2=y, stroke=LINE)
        _text(svg, f"{top * part * 100:.0f} %", x=LEFT - 6, y=y + 4, anchor="end")
    every = ceil(len(found) / 6)
    for n, bar in enumerate(found):
        height = bar.share / top * (HIGH - 20)
        x = LEFT + n * step
        drawn = _add(svg, "rect", x=x + 2, y=HIGH - height, width=step - 4, height=height, fill=BLUE, rx=2)
        etree.SubElement(drawn, f"{{{SVG}}}title").text = f"{bar.words}: {bar.count}"
        if n % every == 0:
            _text(svg, short(bar.since), x=x + 2, y=HIGH + 18, anchor="start")
    _text(svg, _("thời gian làm việc từ khi tiếp nhận đến khi xong"), x=(LEFT + WIDE) / 2, y=HIGH + 38, anchor="middle")
    return etree.tostring(svg, encoding="unicode")


def short(minutes: float) -> str:
    """Working minutes, short: `45 phút`, `3 giờ`, `1 ngày 2 giờ`."""
    days, rest = divmod(round(minutes), DAY)
    hours, rest = divmod(rest, HOUR)
    sizes = ((_("%(n)s ngày", n=days), days), (_("%(n)s giờ", n=hours), hours), (_("%(n)s phút", n=rest), rest))
    return " ".join(words for words, count in sizes if count) or "0"


def _add(parent: etree._Element, tag: str, **attributes: str | float) -> etree._Element:
    written = {name: each if isinstance(each, str) else f"{each:.1f}" for name, each in attributes.items()}
    return etree.SubElement(parent, f"{{{SVG}}}{tag}", written)


def _text(parent: etree._Element, words: str, *, x: float, y: float, anchor: str) -> None:
    element = _add(parent, "text", x=x, y=y, fill=QUIET)
    element.set("text-anchor", anchor)
    element.set("font-size", "13")
    element.text = words

"""What became of the performers of a procedure that another unit took over, in words."""

from collections.abc import Sequence

from procedures.copying import Seat
from web.languages import _


def seat_lines(seats: Sequence[Seat]) -> list[tuple[str, str]]:
    """Two notices at most: whom the unit lacks, and who took over. Kind of the notice, and its words."""
    told = {"soon": [_lacking(seat) for seat in seats if seat.became is None], "good": _moved(seats)}
    return [(kind, " ".join(lines)) for kind, lines in told.items() if lines]


def _moved(seats: Sequence[Seat]) -> list[str]:
    return [_line(seat, seat.became) for seat in seats if seat.became is not None]


def _lacking(seat: Seat) -> str:
    return _(
        "Bước %(steps)s: đơn vị không có vị trí “%(position)s”; hãy chọn người thực hiện.",
        steps=", ".join(seat.steps),
        position=seat.position,
    )


def _line(seat: Seat, became: str) -> str:
    facts = {"steps": ", ".join(seat.steps), "position": seat.position}
    if became != seat.position:
        return _("Bước %(steps)s: “%(position)s” nay là “%(became)s” của đơn vị.", became=became, **facts)
    return _("Bước %(steps)s: “%(position)s” nay thuộc đơn vị.", **facts)

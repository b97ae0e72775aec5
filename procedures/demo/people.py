"""The people of the demo town: a holder for every position, two where work is shared."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from procedures.demo.names import invented_names
from procedures.model.holding import Holding
from procedures.model.officer import Officer
from procedures.model.position import Position

SHARED = {"VP/cong-chuc-tiep-nhan": 2, "QLDT/chuyen-vien-thu-ly": 2}
"""Positions with more than one holder."""

GUIDE = (
    "qldt.chuyen-vien-thu-ly",
    "nv.truong-phong",
    "ubnd.chu-tich-ubnd-thi-xa",
    "vp.cong-chuc-tiep-nhan",
    "qldt.truong-phong",
    "qldt.chuyen-vien-quy-hoach",
    "tnmt.truong-phong",
    "25220.chu-tich-ubnd",
    "vp.chuyen-vien-tong-hop",
    "ubnd.pho-chu-tich-phu-trach-kinh-te",
    "vp.van-thu",
)
"""Logins of who has a part in a construction permit, from the draft to the result, in that order."""

AUDITOR = "TTR/chanh-thanh-tra"
ADMINISTRATOR = "VP/chuyen-vien-cntt"


def load_people(session: Session, *, from_on: date) -> None:
    """Give every position its holders. A login is the position's key: `qldt.truong-phong`, the second `….2`."""
    names = invented_names()
    positions = session.scalars(select(Position).options(joinedload(Position.unit)).order_by(Position.id)).all()
    for position in positions:
        for number in range(1, SHARED.get(position.key, 1) + 1):
            login = position.key.replace("/", ".").lower() + (f".{number}" if number > 1 else "")
            officer = Officer(
                login=login,
                name=next(names),
                auditor=position.key == AUDITOR,
                administrator=position.key == ADMINISTRATOR,
            )
            session.add(officer)
            session.flush()
            session.add(Holding(officer_id=officer.id, position_id=position.id, from_on=from_on))
    session.flush()

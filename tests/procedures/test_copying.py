"""A procedure taken over by another unit keeps what is said and changes who does it."""

from collections.abc import Sequence

from bpmn.fiveclear import FiveClear, Performer, Step
from bpmn.organisation import Organisation, OrgPosition, OrgUnit
from factories import table
from procedures.copying import Seat, Taking, taken_over

GIVER = OrgUnit(
    "TCKH",
    "Phòng Tài chính - Kế hoạch",
    positions=(OrgPosition("Trưởng phòng", head=True), OrgPosition("Chuyên viên"), OrgPosition("Kế toán")),
)
TAKER = OrgUnit("YT", "Phòng Y tế", positions=(OrgPosition("Chánh Văn phòng", head=True), OrgPosition("Chuyên viên")))
THIRD = OrgUnit("NV", "Phòng Nội vụ", positions=(OrgPosition("Trưởng phòng", head=True),))
TOWN = Organisation((GIVER, TAKER, THIRD))


def taken(*performers: Performer, giver: OrgUnit | None = GIVER) -> tuple[list[Performer | None], Sequence[Seat]]:
    steps = [Step(str(number), "Kiểm tra hồ sơ", performer=each) for number, each in enumerate(performers, 1)]
    content: FiveClear = table(*steps)
    made, seats = taken_over(content, Taking(TOWN, giver, TAKER, "Phòng ở nơi khác"))
    return [step.performer for step in made.steps], seats


def test_the_same_position_of_the_new_unit_takes_the_step_and_no_named_person_comes_along() -> None:
    (performer,), seats = taken(Performer("Chuyên viên", GIVER.name, person="Bà An"))

    assert performer == Performer("Chuyên viên", TAKER.name)
    assert seats == [Seat("Chuyên viên", "Chuyên viên", ("1",))]


def test_the_head_becomes_the_head_whatever_the_title() -> None:
    performers, seats = taken(Performer("Trưởng phòng", GIVER.name), Performer("Lãnh đạo phòng"))

    assert performers == [Performer("Chánh Văn phòng", TAKER.name), Performer("Lãnh đạo phòng", TAKER.name)]
    assert [seat.became for seat in seats] == ["Chánh Văn phòng", "Chánh Văn phòng"]


def test_a_position_that_the_new_unit_lacks_stays_written_and_is_told_with_its_steps() -> None:
    accountant = Performer("Kế toán", GIVER.name)
    performers, seats = taken(accountant, accountant)

    assert performers == [accountant, accountant]
    assert seats == [Seat("Kế toán", None, ("1", "2"))]


def test_people_of_third_units_stay_and_are_not_told() -> None:
    other = Performer("Trưởng phòng", THIRD.name, person="Ông Bình")

    assert taken(other) == ([other], [])


def test_a_unit_of_elsewhere_is_known_by_its_name_and_positions_by_theirs() -> None:
    own = Performer("Chuyên viên", "Phòng ở nơi khác")
    performers, seats = taken(own, Performer("Giám đốc", "Phòng ở nơi khác"), giver=None)

    assert performers == [Performer("Chuyên viên", TAKER.name), Performer("Giám đốc", "Phòng ở nơi khác")]
    assert [seat.became for seat in seats] == ["Chuyên viên", None]

"""Performers as offices write them are found in the town's units and positions."""

from pathlib import Path

import pytest
import yaml

from bpmn.fiveclear import Performer
from bpmn.organisation import LEADERSHIP, WARD, Organisation, OrgPosition, OrgUnit

HEADS = ("Trưởng phòng", "Chánh", "Chủ tịch UBND")
TOWN = Path(__file__).parents[2] / "procedures" / "data" / "town.yaml"


def positions(names):
    return tuple(OrgPosition(name, head=name.startswith(HEADS)) for name in names)


@pytest.fixture(scope="module")
def town() -> Organisation:
    content = yaml.safe_load(TOWN.read_bytes())
    units = [OrgUnit("UBND", "UBND thị xã", LEADERSHIP, None, positions(content["leadership"]))]
    for row in content["units"]:
        units.append(OrgUnit(row["code"], row["name"], positions=positions(row["positions"])))
        units += [OrgUnit(f"{row['code']}-{name}", name, "desk", row["code"]) for name in row.get("sub", ())]
    for row in content["wards"]:
        units.append(OrgUnit(row["code"], row["name"], WARD, None, positions(content["ward_positions"])))
    return Organisation(tuple(units))


@pytest.mark.parametrize(
    ("position", "unit", "group"),
    [
        ("CC Bộ phận TN&TKQ", None, "VP/cong-chuc-tiep-nhan"),
        ("Bộ phận TN&TKQ", None, "VP/cong-chuc-tiep-nhan"),
        ("Công chức tiếp nhận", "Bộ phận TN&TKQ thị xã", "VP/cong-chuc-tiep-nhan"),
        ("Trưởng phòng", None, "QLDT/truong-phong"),
        ("Phó Trưởng phòng phụ trách", None, "QLDT/pho-truong-phong"),
        ("Chuyên viên QH", None, "QLDT/chuyen-vien-quy-hoach"),
        ("Chuyên viên VP", None, "VP/chuyen-vien-tong-hop"),
        ("Văn thư VP", None, "VP/van-thu"),
        ("Phòng TN&MT", None, "TNMT/truong-phong"),
        ("Lãnh đạo phòng", "Phòng Tài nguyên và Môi trường", "TNMT/truong-phong"),
        ("PCT UBND thị xã phụ trách", None, "UBND/pho-chu-tich-phu-trach-kinh-te"),
        ("Chủ tịch UBND thị xã", "UBND thị xã", "UBND/chu-tich-ubnd-thi-xa"),
        ("UBND phường/xã", None, "{phuong_xa}/chu-tich-ubnd"),
        ("Công chức Tư pháp - hộ tịch trực một cửa", "UBND phường/xã", "{phuong_xa}/cong-chuc-tu-phap-ho-tich"),
        ("CC Địa chính phường, xã", None, "{phuong_xa}/cong-chuc-dia-chinh-xay-dung-do-thi-va-moi-truong"),
        ("Chủ tịch UBND", "Phường Thác Mơ", "25216/chu-tich-ubnd"),
        ("Trưởng phòng", "NV", "NV/truong-phong"),
    ],
)
def test_a_written_performer_means_one_position(town, position, unit, group):
    place = town.resolve(Performer(position, unit), "QLDT")

    assert place is not None
    assert place.group == group


@pytest.mark.parametrize(
    ("position", "unit"),
    [
        ("Trưởng đơn vị", "đơn vị soạn thảo"),
        ("Hội đồng Thi đua - Khen thưởng", "UBND thị xã"),
        ("Chi cục Thuế", "Chi cục Thuế khu vực"),
        ("Tổ thẩm định quy trình", "Phòng Nội vụ - LĐTB&XH"),
        ("Phi công", None),
    ],
)
def test_who_is_no_position_of_the_town_is_not_guessed(town, position, unit):
    assert town.resolve(Performer(position, unit), "QLDT") is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Phòng Nội vụ", "NV"),
        ("Phòng Nội vụ thị xã", "NV"),
        ("Phòng Nội vụ thị xã Phước Long", "NV"),
        ("Phòng LĐ-TB&XH", "NV"),
        ("Phòng TN-MT", "TNMT"),
        ("Phòng Tài chính", "TCKH"),
        ("Văn phòng HĐND-UBND thị xã Phước Long", "VP"),
        ("UBND thị xã Phước Long", "UBND"),
        ("UBND phường Long Phước", "25220"),
    ],
)
def test_a_unit_may_be_shortened_or_named_with_its_town(town, written, code):
    place = town.resolve(Performer("Lãnh đạo", written), None)

    assert place is not None
    assert place.unit_code == code


def test_a_name_that_fits_several_units_means_none(town):
    assert town.resolve(Performer("Lãnh đạo", "Phòng"), None) is None


def test_a_position_that_fits_several_is_told_with_all_of_them(town):
    found = town.candidates(Performer("Chuyên viên phụ trách", "Phòng Nội vụ"), None)

    assert len({place.slug for place in found}) > 1
    assert town.resolve(Performer("Chuyên viên phụ trách", "Phòng Nội vụ"), None) == found[0]

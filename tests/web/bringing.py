"""Bringing a file over the pages: what tests of the import page share."""

import csv
import re
from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl

from bpmn.convert import write_table
from bpmn.fiveclear import Duration, FiveClear, Performer, Step, TimeUnit
from bpmn.table.yaml_codec import read_json
from tests.visitors import AUTHOR, Browser, Website, plain

FILES = Path(__file__).parents[1] / "files"
KNOWN = ("TT", "Nội dung công việc", "Người thực hiện", "Thời gian", "Kết quả")
STRANGE = ("Ký hiệu", "Phần hành", "Cấp nào", "Mức", "Giấy tờ kèm")
ROWS = (
    ("1", "Tiếp nhận hồ sơ", "Văn thư phòng", "2", "Phiếu hẹn"),
    ("2", "Thẩm định hồ sơ", "Chuyên viên đăng ký kinh doanh", "8", "Tờ trình"),
    ("3", "Ký giấy chứng nhận", "Trưởng phòng", "4", "Giấy chứng nhận"),
)
OTHER_UNIT = "qldt.chuyen-vien-thu-ly"


def sheet(header: Sequence[str], rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    text = StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


def workbook(*tables: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    for at, rows in enumerate(tables):
        page = book.worksheets[0] if at == 0 else book.create_sheet(f"Trang {at + 1}")
        for row in rows:
            page.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def brought(author: Browser, data: bytes, name: str = "bang.csv", **said: Any) -> str:
    """The address of a file that was taken in."""
    taken = author.post("/nhap", {"file": (BytesIO(data), name), "unit": "TCKH"} | said)
    assert taken.status_code == 303, plain(taken.text)
    return str(taken.location)


def table_of(website: Website, code: str, login: str = AUTHOR) -> FiveClear:
    answer = website.program(login).get(f"/procedures/{code}/draft", headers={"Accept": "application/json"})
    table = read_json(answer.data).table
    assert table is not None
    return table


def controls(page: str) -> dict[str, str]:
    """What the form of a page would send, as far as columns go."""
    found = {}
    for name, options in re.findall(r'<select class="input" id="cot-\d+" name="([^"]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    header = re.search(r'name="header" value="(\d+)" checked', page)
    return found | {"table": "0"} | ({"header": header[1]} if header else {})


DRAFT = FiveClear(
    "Quy trình mới",
    tuple(
        Step(
            no,
            name,
            performer=Performer(who),
            duration=Duration(f"{hours} giờ làm việc", TimeUnit.WORKING_HOUR, Fraction(hours)),
        )
        for no, name, who, hours, _result in ROWS
    ),
)


def with_draft(author: Browser) -> None:
    address = brought(author, write_table(DRAFT, "csv"))
    author.post(f"{address}/luu", {"code": "QT-MOI", "title": "Quy trình mới"})


LATER = write_table(DRAFT, "csv").decode().replace("8 giờ làm việc", "16 giờ làm việc").encode()

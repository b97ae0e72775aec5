"""The words of units and positions: how offices shorten them, and which of them tell one from another."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import dropwhile

from bpmn.folding import search_key

OFFICE = "vanphong"
ABBREVIATIONS: Mapping[str, str] = {
    "cc": "cong chuc",
    "vc": "vien chuc",
    "cv": "chuyen vien",
    "ld": "lanh dao",
    "tp": "truong phong",
    "ptp": "pho truong phong",
    "ct": "chu tich",
    "pct": "pho chu tich",
    "vp": "van phong",
    "cvp": "chanh van phong",
    "qh": "quy hoach",
    "qldt": "quan ly do thi",
    "tn&mt": "tai nguyen moi truong",
    "tnmt": "tai nguyen moi truong",
    "tntkq": "tiep nhan tra ket qua",
    "tn-mt": "tai nguyen moi truong",
    "tn&tkq": "tiep nhan tra ket qua",
    "1 cua": "tiep nhan tra ket qua",
    "mot cua": "tiep nhan tra ket qua",
    "tckh": "tai chinh ke hoach",
    "tc-kh": "tai chinh ke hoach",
    "vhtt": "van hoa thong tin",
    "vh-tt": "van hoa thong tin",
    "gddt": "giao duc dao tao",
    "gd&dt": "giao duc dao tao",
    "ld-tb&xh": "lao dong thuong binh xa hoi",
    "ldtbxh": "lao dong thuong binh xa hoi",
    "ld-tbxh": "lao dong thuong binh xa hoi",
    "ldtb&xh": "lao dong thuong binh xa hoi",
    "tdkt": "thi dua khen thuong",
    "cchc": "cai cach hanh chinh",
    "dkkd": "dang ky kinh doanh",
    "btxh": "bao tro xa hoi",
    "cntt": "cong nghe thong tin",
}
NOISE = frozenset(
    [
        "dai",
        "dien",
        "va",
        "cua",
        "cac",
        "phu",
        "trach",
        "thuoc",
        "tai",
        "hoac",
        "phong",
        "ban",
        "bo",
        "phan",
        "don",
        "vi",
        "ubnd",
        "hdnd",
        "ong",
        "ba",
    ]
)
"""Words that stand in the names of many units and tell none from another."""
PLACE = re.compile(r"\b(?:thị xã|thành phố|huyện|quận|tỉnh|tp\.?|tx\.?)((?: +[^\W\d_]+){1,3})", re.IGNORECASE)
RANK = re.compile(r"\b(thi xa|thanh pho|huyen)\b")


@lru_cache(maxsize=4096)
def folded_name(text: str) -> str:
    """Return a name without marks and without the rank of its place, abbreviations written out."""
    folded = RANK.sub(" ", search_key(PLACE.sub(unnamed, unicodedata.normalize("NFC", text))))
    for short, long in sorted(ABBREVIATIONS.items(), key=lambda pair: -len(pair[0])):
        folded = re.sub(rf"(?<![\w&]){re.escape(short)}(?![\w&])", long, folded)
    return " ".join(folded.split())


def unnamed(place: re.Match[str]) -> str:
    """Leave out a place's own name, such as "thị xã Phước Long": every unit of the town may carry it."""
    rest = list(dropwhile(str.istitle, place[1].split()))
    return f" {' '.join(rest)} " if len(rest) < len(place[1].split()) else place[0]


@lru_cache(maxsize=4096)
def all_words(text: str) -> frozenset[str]:
    """Return the words of a name; "văn phòng" is one, since half of it is in every other unit's name."""
    return frozenset(re.findall(r"\w+", folded_name(text).replace("van phong", OFFICE)))


@lru_cache(maxsize=4096)
def telling_words(text: str) -> frozenset[str]:
    """Return the words that tell one unit or position from another."""
    return all_words(text) - NOISE

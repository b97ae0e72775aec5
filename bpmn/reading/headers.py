"""The words by which offices head their columns, without marks and case."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bpmn.folding import search_key

WORDS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "tt",
        "stt",
        "so tt",
        "so thu tu",
        "thu tu",
        "buoc",
        "cac buoc",
        "ma buoc",
        "so buoc",
        "b",
        "ten buoc",
        "no",
        "#",
        "step",
        *("thu tu cong viec", "thu tu cac buoc"),
    ),
    "name": (
        *("noi dung", "noi dung cong viec", "trinh tu", "trinh tu thuc hien", "cong viec", "ten cong viec", "ro viec"),
        *("noi dung thuc hien", "noi dung cu the", "hoat dong", "nhiem vu", "mo ta cong viec", "noi dung cac buoc"),
        *("cac buoc thuc hien", "cac buoc cong viec", "buoc thuc hien", "ten buoc", "noi dung buoc", "cach thuc hien"),
        *("trinh tu cong viec", "noi dung cong viec thuc hien", "viec", "dau viec", "ten buoc cong viec", "mo ta"),
        *("cong doan", "khau cong viec", "lam gi", "thao tac", "cong viec phai lam", "task", "activity"),
        *("cac buoc tien hanh", "viec phai lam", "viec can lam"),
        *("trinh tu cac buoc", "trinh tu cac buoc thuc hien", "cong viec thuc hien", "quy trinh", "cac buoc trinh tu"),
    ),
    "performer": (
        *("nguoi thuc hien", "don vi thuc hien", "don vi nguoi thuc hien", "trach nhiem thuc hien", "don vi/nguoi"),
        *("phan cong nhiem vu", "don vi giai quyet", "bo phan thuc hien", "chuc danh", "vi tri", "co quan thuc hien"),
        *(
            "ro nguoi",
            "ro nguoi thuc hien",
            "nguoi/don vi thuc hien",
            "can bo thuc hien",
            "cong chuc thuc hien",
            "phan cong",
        ),
        *(
            "don vi/nguoi thuc hien",
            "co quan/nguoi thuc hien",
            "chu the thuc hien",
            "nguoi phu trach",
            "can bo phu trach",
        ),
        *(
            "bo phan/nguoi thuc hien",
            "chu tri",
            "chu tri thuc hien",
            "nguoi/bo phan thuc hien",
            "nguoi xu ly",
            "ai lam",
        ),
        *("ca nhan, don vi thuc hien", "can bo, cong chuc thuc hien", "vi tri viec lam", "don vi, ca nhan thuc hien"),
        *("chuc danh, vi tri", "nguoi giai quyet", "co quan, don vi thuc hien", "don vi, nguoi thuc hien"),
        *(
            "chu the",
            "nguoi chiu trach nhiem thuc hien",
            "nguoi dam nhiem",
            "chuc danh thuc hien",
            "doi tuong thuc hien",
            *("thuc hien", "ai", "pic", "responsible", "owner", "dau moi thuc hien", "dau moi"),
            *("nguoi lam", "vi tri dam nhan", "vai tro", "vai tro xu ly", "vai tro thuc hien"),
        ),
    ),
    "unit": ("don vi", "co quan", "phong ban", "phong, ban", "bo phan", "co quan, don vi", "thuoc don vi"),
    "co": (
        "phoi hop",
        "don vi phoi hop",
        "nguoi phoi hop",
        "co quan phoi hop",
        "nguoi/don vi phoi hop",
        "phoi hop thuc hien",
    ),
    "duration": (
        *("thoi gian", "thoi han", "thoi gian thuc hien", "thoi han giai quyet", "thoi gian giai quyet", "so ngay"),
        *("so gio", "thoi luong", "thoi gian xu ly", "ro thoi gian", "thoi han thuc hien", "dinh muc thoi gian", "tg"),
        *("bao lau", "mat bao lau", "khi nao", "han", "deadline", "duration", "time"),
        *("han hoan thanh", "moc thoi gian"),
        *("thoi gian (ngay)", "thoi gian (gio)", "thoi gian toi da", "han xu ly", "thoi gian quy dinh"),
    ),
    "result": ("bieu mau/ket qua", "bieu mau ket qua", "bieu mau, ket qua", "ket qua/bieu mau", "bieu mau/san pham"),
    "output": (
        "ket qua",
        "san pham",
        "ket qua thuc hien",
        "san pham dau ra",
        "dau ra",
        "ket qua/san pham",
        "ho so",
        "tai lieu",
        *("output", "result", "san pham dau ra", "van ban hinh thanh", "tai lieu hinh thanh"),
    ),
    "forms": (
        "bieu mau",
        "mau",
        "mau bieu",
        "bm",
        "bieu mau su dung",
        "mau so",
        "bieu mau kem theo",
        "bieu mau ap dung",
    ),
    "responsibility": (
        *(
            "trach nhiem",
            "ro trach nhiem",
            "nguoi chiu trach nhiem",
            "trach nhiem cua nguoi thuc hien",
            "chiu trach nhiem",
        ),
        *("trach nhiem cu the", "trach nhiem ca nhan", "trach nhiem giai trinh"),
    ),
    "branch": (
        "re nhanh",
        "truong hop khac",
        "xu ly khi khong dat",
        "huong xu ly",
        "dieu kien",
        "truong hop khong dat",
        "neu khong dat",
    ),
    "time_unit": ("dvt", "don vi tinh", "dvt thoi gian", "don vi thoi gian"),
    "note": ("ghi chu", "dien giai", "luu y", "chu thich"),
    "authority": ("tham quyen", "ro tham quyen"),
    "product": ("ro san pham",),
}
ALONE = frozenset({"thuc hien", "ai", "han", "pic", "time", "task", "step", "owner", "dau moi", "khi nao"})
"""Words that head a column only by themselves."""

SHORT_WORDS = {
    "th": "thuc hien",
    "nd": "noi dung",
    "kq": "ket qua",
    "cv": "cong viec",
    "cq": "co quan",
    "dv": "don vi",
    "bp": "bo phan",
    "tn": "trach nhiem",
    "t/gian": "thoi gian",
    "t.gian": "thoi gian",
}
SHORT = re.compile(r"(?<![\w&/.-])(?:" + "|".join(map(re.escape, SHORT_WORDS)) + r")(?![\w&-])")
MOST_LETTERS = 120  # of a header
UNIT_NOTE = re.compile(r"\((?:dvt|don vi tinh|tinh|ngay|gio|phut)[^)]*\)|(?:dvt|don vi tinh)\s*:?.*$")


@lru_cache(maxsize=2000)
def candidates(text: str) -> tuple[tuple[str, float], ...]:
    """The fields that a header may name, with how well."""
    if len(text) > MOST_LETTERS:
        return ()
    plain = header_key(text)
    best = ((field, max(word_score(plain, word) for word in words)) for field, words in WORDS.items())
    return tuple((field, score) for field, score in best if score > 0)


def by_words(text: str) -> tuple[str | None, float]:
    """The field that a header's words name best."""
    best = max(candidates(text), key=lambda item: item[1], default=(None, 0.0))
    return best if best[1] >= 0.5 else (None, 0.0)


def header_key(text: str) -> str:
    """A header's words alone: no marks, no unit note, no numbering."""
    plain = re.sub(r"\s*([/,])\s*", r"\1 ", search_key(text)).replace("/ ", "/")
    told = UNIT_NOTE.sub("", plain).strip(" .:()*?") or plain.strip(" .:()*?")
    return SHORT.sub(lambda match: SHORT_WORDS[match[0]], told)


def word_score(plain: str, word: str) -> float:
    """1 for the very words, less for words within a longer header."""
    if plain == word:
        return 1.0
    if word in ALONE:
        return 0.0
    if len(word) < 3 or word not in plain:
        return 0.0
    if plain.startswith(word + " ") or plain.startswith(word + "/"):
        return 0.6 + 0.3 * len(word) / len(plain)
    inside = re.search(rf"\b{re.escape(word)}\b", plain)
    return 0.45 + 0.3 * len(word) / len(plain) if inside else 0.0

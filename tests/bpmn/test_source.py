"""Bytes become a tree or findings; nothing of the XML library's trouble comes through."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.source import MAX_BYTES, read_source


def refusal(data: bytes) -> tuple[str, int | None]:
    source = read_source(data)
    assert source.root is None
    (finding,) = source.findings
    assert finding.reject
    return finding.code, finding.line


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "xml-empty", None),
        (b" \n\t ", "xml-empty", None),
        (b"\xef\xbb\xbf", "xml-empty", None),
        (b"\x00" * 9, "xml-empty", None),
        (b"B\xc6\xb0\xe1\xbb\x9bc 1", "xml-syntax", 1),
        (b"PK\x03\x04abc", "xml-syntax", 1),
        (b"<a>\n<b></a>", "xml-syntax", 2),
        (b"<a>\n\xff</a>", "xml-encoding", 2),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "xml-encoding", 1),
        (b'<?xml version="1.0" encoding="UTF-16"?><a/>', "xml-encoding", 1),
        (b"<a>\n&#0;</a>", "xml-char", 2),
        (b"<a>\n\x01</a>", "xml-char", 2),
        (b"<a>\n\x00</a>", "xml-char", 2),
        (b"<!-- x -->\n<!DOCTYPE a><a/>", "xml-dtd", 2),
        (b"\n<!doctype html><html/>", "xml-dtd", 2),
        (b"<a>&unknown;</a>", "xml-syntax", 1),
        (b"<p:a/>", "xml-syntax", 1),
        (b"<a>" * 300 + b"</a>" * 300, "limit-depth", 1),
        (b"<a>" + b"<b/>" * 60_001 + b"</a>", "limit-elements", None),
        (b" " * (MAX_BYTES + 1), "limit-size", None),
        (b"<a>\n<b " + b" ".join(b'a%d=""' % number for number in range(50_000)) + b"/></a>", "limit-attributes", 2),
    ],
)
def test_a_hostile_or_broken_file_is_refused(data: bytes, code: str, line: int | None) -> None:
    assert refusal(data) == (code, line)


def test_a_doctype_is_found_in_utf_16_too() -> None:
    assert refusal('<?xml version="1.0" encoding="UTF-16"?>\n<!DOCTYPE a><a/>'.encode("utf-16")) == ("xml-dtd", 2)


def test_a_doctype_within_a_comment_or_cdata_declares_nothing() -> None:
    source = read_source(b"<!-- <!DOCTYPE a> --><a><![CDATA[<!DOCTYPE b>]]></a>")

    assert source.root is not None
    assert source.root.text == "<!DOCTYPE b>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1258", "iso-8859-1"])
def test_a_declared_encoding_keeps_the_names(encoding: str) -> None:
    name = "Đơn" if encoding.startswith("utf") else "éà"
    data = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><a n="{name}"/>'.encode(encoding)

    source = read_source(data)

    assert source.root is not None
    assert source.root.get("n") == name


def test_comments_and_instructions_are_dropped_and_instructions_are_named() -> None:
    source = read_source(b"<?xml version='1.0'?>\n<?xml-stylesheet href='x'?><a>b<!-- c -->d<?e f?></a>")

    assert source.root is not None
    assert source.root.text == "bd"
    assert source.root.getprevious() is None
    assert [(found.code, found.line, found.facts["count"]) for found in source.findings] == [("xml-pi", 2, 2)]


def test_texts_are_composed_only_after_the_markup_is_read() -> None:
    source = read_source("<a n='Kie\u0302\u0309m'>\u0338x</a>".encode())

    assert source.root is not None
    assert source.root.get("n") == "Kiểm"
    assert source.root.text == "\u0338x"


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    source = read_source(data)

    assert (source.root is None) == any(finding.reject for finding in source.findings)


@given(st.lists(st.sampled_from([*"</>ab!-[]?&;'\"=\x00\né", "CDATA", "DOCTYPE", "xmlns:", "<![CDATA["]), max_size=40))
def test_any_soup_of_markup_is_read_or_refused(pieces: list[str]) -> None:
    source = read_source(("<a>" + "".join(pieces) + "</a>").encode())

    assert all(finding.line or finding.code.startswith(("limit", "xml-empty")) for finding in source.findings)
    assert all(one != other for one, other in pairwise(source.findings))

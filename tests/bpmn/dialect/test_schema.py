"""The schemas of the dialect are what its one description says."""

import json
from pathlib import Path

from bpmn.dialect.words import WORDS
from bpmn.schema.describe import moddle, xsd


def test_the_shipped_xsd_is_the_described_one() -> None:
    assert Path("bpmn/schema/namro.xsd").read_bytes() == xsd()


def test_the_shipped_moddle_descriptor_is_the_described_one() -> None:
    assert Path("bpmn/schema/namro.json").read_text(encoding="utf-8") == moddle()


def test_no_two_properties_of_a_moddle_type_share_a_name() -> None:
    for found in json.loads(moddle())["types"]:
        names = [item["name"] for item in found["properties"]]

        assert len(names) == len(set(names)), found["name"]


def test_every_child_is_a_word() -> None:
    assert {child for word in WORDS.values() for child in word.children} <= set(WORDS)

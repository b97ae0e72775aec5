"""Files that ship with the product."""

from importlib.resources import files
from typing import Any

import yaml


def package_yaml(name: str) -> Any:
    """Return a data file of this package."""
    return yaml.safe_load((files("procedures") / "data" / name).read_bytes())


def library(name: str) -> bytes:
    """Return a shipped procedure, such as `NV/QT-NV-01.bpmn`."""
    return (files("procedures") / "library" / name).read_bytes()


def sample_word_file() -> bytes:
    """Return the Word table with which one can try the import."""
    return (files("procedures") / "demo" / SAMPLE).read_bytes()


def example_sheet() -> bytes:
    """Return the Excel table with seven faults on which one learns to draft."""
    return (files("procedures") / "demo" / EXAMPLE).read_bytes()


SAMPLE = "04_cap_phep_xay_dung_nha_o_rieng_le.docx"
EXAMPLE = "vi_du_dang_ky_ho_kinh_doanh.xlsx"

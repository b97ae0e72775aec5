"""The ward of a case, where the model leaves open which ward does a step."""

from collections.abc import Mapping

LOCALITY = "phuong_xa"
"""The variable that names the ward of a case, where a step is done by "UBND phường/xã"."""

OPEN = "{" + LOCALITY + "}"


def placed(text: str, variables: Mapping[str, object]) -> str:
    """Return a performer's text with the case's own ward filled in; `*` while the case names none."""
    ward = variables.get(LOCALITY)
    return text.replace(OPEN, ward if isinstance(ward, str) and ward else "*")

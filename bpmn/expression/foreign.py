"""Expressions of other tools (JUEL of Camunda 7, FEEL of Camunda 8), rewritten where that is simple."""

import re

JUEL = re.compile(r"[$#]\{(.*)\}", re.DOTALL)
WORDS = {
    "&&": " and ",
    "||": " or ",
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "lt": "<",
    "ge": ">=",
    "le": "<=",
    "div": "/",
    "mod": "%",
    "true": "True",
    "false": "False",
    "null": "None",
    "count": "len",
}
WORD = re.compile(r"'[^']*'|\"[^\"]*\"|&&|\|\||!=|==|<=|>=|!|=|[^\W\d]\w*|.", re.DOTALL)


def translate(text: str) -> tuple[str, str] | None:
    """(language, our text) for a JUEL or FEEL expression, None for any other text. Our text may be no valid one."""
    juel = JUEL.fullmatch(text)
    if juel is not None:
        return "juel", rewrite(juel[1], equal="=")
    if text.startswith(("${", "#{")):
        return "juel", text
    if text.startswith("=") and not text.startswith("=="):
        return "feel", rewrite(text[1:], equal="==")
    return None


def rewrite(text: str, *, equal: str) -> str:
    """Replace word by word, leaving texts in quotes alone. `equal` is what a single `=` becomes."""
    pieces = []
    for word in WORD.findall(text):
        if word == "!":
            pieces.append("not ")
        elif word == "=":
            pieces.append(equal)
        else:
            pieces.append(WORDS.get(word, word))
    return re.sub(r"  +", " ", "".join(pieces)).strip()

"""Texts in the code pages of old fonts, written by tables of their own."""

import unicodedata

TCVN3_LETTERS = (
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
    "\xb5\xb8\xb6\xb7\xb9\xa8\xbb\xbe\xbc\xbd\xc6\xa9\xc7\xca\xc8\xc9\xcb\xae\xcc\xd0\xce\xcf\xd1\xaa\xd2\xd5\xd3\xd4\xd6"
    "\xd7\xdd\xd8\xdc\xde\xdf\xe3\xe1\xe2\xe4\xab\xe5\xe8\xe6\xe7\xe9\xac\xea\xed\xeb\xec\xee\xef\xf3\xf1\xf2\xf4\xad\xf5"
    "\xf8\xf6\xf7\xf9\xfa\xfd\xfb\xfc\xfe\xa1\xa2\xa7\xa3\xa4\xa5\xa6",
)
VNI_MARKS = {
    "": "øùûõï",  # grave, acute, hook, tilde, dot
    "\u0302": "àáåãä",
    "\u0306": "èéúüë",
}
TONES = "\u0300\u0301\u0309\u0303\u0323"
VNI_SINGLE = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}


def as_tcvn3(text: str) -> str:
    """The text in TCVN3; capitals with a tone become small, as that code page has none, and it has no ½."""
    table = dict(zip(*TCVN3_LETTERS, strict=True))
    return "".join(table.get(letter, table.get(letter.lower(), letter)) for letter in text.replace("½", "1/2"))


def as_vni(text: str) -> str:
    return "".join(vni_letter(letter) for letter in text)


def vni_letter(letter: str) -> str:
    """A letter in VNI: the base, then a mark that says shape and tone at once."""
    small = letter.lower()
    if small in VNI_SINGLE:
        written = VNI_SINGLE[small]
    else:
        parts = unicodedata.normalize("NFD", small)
        base, marks = parts[0], parts[1:]
        tone = next((mark for mark in marks if mark in TONES), "")
        shape = next((mark for mark in marks if mark not in TONES), "")
        if shape == "\u031b":
            base, shape = VNI_SINGLE[unicodedata.normalize("NFC", base + shape)], ""
        if tone:
            base += VNI_MARKS[shape][TONES.index(tone)]
        elif shape:
            base += {"\u0302": "â", "\u0306": "ê"}[shape]
        written = base
    return written.upper() if letter.isupper() else written

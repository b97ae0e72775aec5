"""Which font a run of a Word document has: its own, its style's, the paragraph's style's, or the document's."""

from lxml import etree

from bpmn.office.fonts import CodePage, code_page
from bpmn.office.numbering import attribute, below, local

FACES = ("ascii", "hAnsi")


class WordFonts:
    """The fonts of the styles; a style without font has that of the style it is based on."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = [] if styles is None else [style for style in styles if local(style) == "style"]
        self.styles = {attribute(style, "styleId") or "": style for style in found}
        standard = [style for style in found if attribute(style, "default") and attribute(style, "type") == "paragraph"]
        defaults = face(below(styles, "docDefaults", "rPrDefault", "rPr"))
        self.standard = next(
            (font for style in standard if (font := self.of_style(attribute(style, "styleId")))), defaults
        )

    def of_style(self, name: str | None, depth: int = 0) -> str | None:
        style = self.styles.get(name or "")
        if style is None or depth > 10:
            return None
        based = attribute(below(style, "basedOn"), "val")
        return face(below(style, "rPr")) or (self.of_style(based, depth + 1) if based else None)

    def of_paragraph(self, paragraph: etree._Element) -> CodePage | None:
        """The code page of a paragraph's runs that name no font."""
        return code_page(self.of_style(attribute(below(paragraph, "pPr", "pStyle"), "val")) or self.standard)

    def of_run(self, run: etree._Element, otherwise: CodePage | None) -> CodePage | None:
        properties = below(run, "rPr")
        font = face(properties) or self.of_style(attribute(below(properties, "rStyle"), "val"))
        return code_page(font) if font else otherwise


def face(properties: etree._Element | None) -> str | None:
    """The font for Latin letters that run properties name."""
    fonts = below(properties, "rFonts")
    return next((font for name in FACES if (font := attribute(fonts, name))), None)

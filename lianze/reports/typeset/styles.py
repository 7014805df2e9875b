"""The paragraph and character styles of the file, as word/styles.xml.

Built-in names (Normal, heading 1, Title) are kept where Word has them: its navigation pane, WPS and
screen readers find the outline by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from lianze.reports.typeset import measures as m
from lianze.reports.typeset.wordxml import part

BODY_INDENT: Final = f'<w:ind w:firstLine="{2 * m.CHARACTER}" w:firstLineChars="200"/>'
TABLE_LINE: Final = '<w:snapToGrid w:val="0"/><w:spacing w:line="360" w:lineRule="exact"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; `layout` is pPr without jc and outline level, in the order of the schema."""

    id: str
    name: str
    font: str = m.FANG
    size: int = m.BODY_SIZE
    layout: str = ""
    align: str = "both"
    outline: int | None = None
    tracking: int = m.TRACKING


STYLES: Final = (
    Style("Body", "公文正文", layout=BODY_INDENT),
    *(
        Style(f"Heading{level}", f"heading {level}", font, layout=BODY_INDENT, outline=level - 1)
        for level, font in enumerate(m.HEADING_FONTS, 1)
    ),
    Style("Title", "Title", m.XIAOBIAO, m.TITLE_SIZE, '<w:snapToGrid w:val="0"/>', "center", tracking=0),
    Style("Addressee", "公文主送机关", align="left"),
    Style("AttachmentNote", "公文附件说明", align="left"),
    Style("Organisation", "公文署名", layout="<w:keepNext/>", align="right"),
    Style("SignedOn", "公文成文日期", align="right"),
    Style("Annex", "公文附件", m.HEI, layout="<w:pageBreakBefore/>", align="left"),
    Style("Mark", "公文标注", m.HEI, align="left"),
    Style("RedMark", "公文发文机关标志", m.XIAOBIAO, align="center", tracking=0),
    Style("Number", "公文发文字号", align="center"),
    Style("Imprint", "公文版记", size=m.SMALL_SIZE, align="left", tracking=0),
    Style("Caption", "caption", m.HEI, layout="<w:keepNext/>", align="center"),
    Style("TableHead", "公文表头", m.HEI, m.TABLE_SIZE, "<w:keepNext/>" + TABLE_LINE, "center", tracking=0),
    Style("TableText", "公文表文", size=m.TABLE_SIZE, layout=TABLE_LINE, align="left", tracking=0),
    Style("PageNumber", "footer", m.SONG, m.SMALL_SIZE, align="right", tracking=0,
          layout=f'<w:snapToGrid w:val="0"/><w:spacing w:line="{m.FOOTER_LINE}" w:lineRule="exact"/>'),
)  # fmt: skip

DEFAULT_LAYOUT: Final = (
    '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/>'
    "<w:autoSpaceDE/><w:autoSpaceDN/>"
    f'<w:spacing w:before="0" w:after="0" w:line="{m.LINE}" w:lineRule="exact"/><w:jc w:val="both"/>'
)


def fonts(east_asian: str) -> str:
    """The fonts of a run: in text set in 仿宋 or 楷体, Latin letters and digits are in Times."""
    latin = m.LATIN if east_asian in (m.FANG, m.KAI) else east_asian
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asian}" w:cs="{latin}"/>'


@cache
def render_styles() -> str:
    """word/styles.xml."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(m.FANG)}{size(m.BODY_SIZE)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{DEFAULT_LAYOUT}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    )
    inline = (render_heading_font(level, font) for level, font in enumerate(m.HEADING_FONTS, 1))
    return part("styles", defaults + normal + "".join(map(render_style, STYLES)) + "".join(inline))


def render_style(style: Style) -> str:
    """One paragraph style."""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{style.layout}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{fonts(style.font)}{tracking(style.tracking)}{size(style.size)}</w:rPr></w:style>"
    )


def render_heading_font(level: int, font: str) -> str:
    """The character style of a heading that opens a paragraph: its font, not its place in the outline."""
    return (
        f'<w:style w:type="character" w:styleId="HeadingFont{level}"><w:name w:val="公文段首标题{level}"/>'
        f"<w:qFormat/><w:rPr>{fonts(font)}</w:rPr></w:style>"
    )


def size(half_points: int) -> str:
    """A font size."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def tracking(spaced: int) -> str:
    """Space added after every character, in twips; the default is left unsaid."""
    return f'<w:spacing w:val="{spaced}"/>' if spaced else ""

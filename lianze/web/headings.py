"""The report's headings, for figures that name their section as 一（二）3."""

import re

from lianze.pack import Pack
from lianze.web.language import both, named

DIGITS = "一二三四五六七八九十"
PLACE = re.compile(r"([一二三四五六七八九十])(?:（([一二三四五六七八九十])）)?(\d*)")


def section_titles(pack: Pack) -> dict[str, str]:
    """Title by the section of every figure, in the report's order; what has no section comes last."""
    headings = headings_of(pack)
    sections = sorted({figure.section for figure in pack.figures.values()}, key=place_of)
    return {section: title_of(section, headings) for section in sections}


def place_of(section: str) -> tuple[int, int, int]:
    """Where a section stands in the report."""
    match = PLACE.fullmatch(section)
    if match is None:
        return 99, 0, 0
    return DIGITS.index(match[1]), DIGITS.index(match[2]) + 1 if match[2] else 0, int(match[3] or 0)


def headings_of(pack: Pack) -> dict[str, str]:
    """“一” and “一（二）” → the heading's title, from the first outline."""
    found: dict[str, str] = {}
    outline = next(iter(pack.outlines.values()), None)
    first = second = -1
    for section in outline.section if outline else ():
        if section.level == 1:
            first, second = first + 1, -1
            found[DIGITS[first]] = named(section)
        elif section.level == 2 and first >= 0:
            second += 1
            found[f"{DIGITS[first]}（{DIGITS[second]}）"] = named(section)
    return found


def title_of(section: str, headings: dict[str, str]) -> str:
    """The section's number with the heading it stands under."""
    if not section:
        return both("单位基本情况与其他", "The organisation and other figures")
    return f"{section}　{headings.get(section.rstrip('0123456789'), '')}".strip()

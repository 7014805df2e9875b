"""The numbers that Word's own lists print before a paragraph (numbering.xml, ECMA-376 part 1 §17.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from lianze.claims.reading_docx import Node

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCountingThousand",
        "koreanCounting",
    )
)
_DIGITS = "〇一二三四五六七八九"


class Numbering:
    """Counts list items as Word does: a level restarts when a higher one moves on."""

    def __init__(self, numbering: ElementTree.Element | None, styles: ElementTree.Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_lists(self, numbering: ElementTree.Element) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = {int(level.get(f"{W}ilvl", "0")): _level(level) for level in abstract.iter(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for number in numbering.iter(f"{W}num"):
            self._lists[number.get(f"{W}numId", "")] = _value(number, "abstractNumId")

    def _read_styles(self, styles: ElementTree.Element) -> None:
        for style in styles.iter(f"{W}style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                level = _value(properties, "ilvl")
                self._styles[style.get(f"{W}styleId", "")] = (_value(properties, "numId"), int(level or 0))

    def label(self, paragraph: Node) -> str:
        """The printed number of this paragraph, "" where it has none. Call once for each, in reading order."""
        number, level = self._of(paragraph)
        levels = self._levels.get(self._lists.get(number, ""), {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._lists[number], [])
        counts[level + 1 :] = []
        counts += [levels.get(place, ("", "", 1))[2] - 1 for place in range(len(counts), level + 1)]
        counts[level] += 1
        return _shown(levels, counts, level)

    def _of(self, paragraph: Node) -> tuple[str, int]:
        number, level = "", 0
        for part in paragraph:
            if part.tag != f"{W}pPr":
                continue
            for item in part:
                if item.tag == f"{W}pStyle":
                    number, level = self._styles.get(item.get(f"{W}val") or "", (number, level))
            for item in part:
                if item.tag == f"{W}numPr":
                    for value in item:
                        if value.tag == f"{W}numId":
                            number = value.get(f"{W}val") or ""
                        elif value.tag == f"{W}ilvl":
                            level = int(value.get(f"{W}val") or 0)
        return number, level


def _level(level: ElementTree.Element) -> tuple[str, str, int]:
    return _value(level, "numFmt"), _value(level, "lvlText"), int(_value(level, "start") or 1)


def _value(node: ElementTree.Element, name: str) -> str:
    child = node.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _shown(levels: dict[int, tuple[str, str, int]], counts: list[int], level: int) -> str:
    """lvlText with %1, %2 … replaced; bullets print nothing that counts."""
    form, text, _ = levels[level]
    if form in ("bullet", "none"):
        return ""
    for place in range(level + 1):
        text = text.replace(f"%{place + 1}", _number(levels.get(place, (form, "", 1))[0], counts[place]))
    return text


def _number(form: str, number: int) -> str:
    if form in _CHINESE:
        tens, ones = divmod(number, 10)
        if number < 100:
            return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
                _DIGITS[ones] if ones or not tens else ""
            )
    if form in ("upperLetter", "lowerLetter") and number <= 26:
        letter = chr(ord("A") + number - 1)
        return letter if form == "upperLetter" else letter.lower()
    return str(number)

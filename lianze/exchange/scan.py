"""What python-calamine doesn't tell about a sheet: formulas without a stored result, error values, how far it reaches.

calamine lays a sheet out as one full rectangle, so a single cell in the last corner would ask for gigabytes: how far
cells reach is found out first.
"""

import re
from dataclasses import dataclass, field

from lianze.domain.errors import Refused

MOST_CELLS = 12_000_000
WIDE, TALL = 300, 200_000
# A cell with content: its attributes, and everything up to its end.
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>]|)>(.*?)</(?:\w+:)?c>", re.DOTALL)
CELL_ENDS = (b"</c>", b":c>", b"</row>")
MOST_KEPT_BYTES = 1 << 24
PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,7})([0-9]{1,20})[\"']")
TYPE = re.compile(rb"\bt\s*=\s*[\"'](\w+)[\"']")
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
FORMULA = re.compile(rb"<(?:\w+:)?f\b")
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"']([0-9]{1,20})[\"']")
FAR_COLUMN = re.compile(rb"[\"']([A-Za-z]{2,7})[0-9]{1,20}[\"']")
FAR_ROW = re.compile(rb"[\"'][A-Za-z]{1,7}([0-9]{6,20})[\"']")


@dataclass
class Scan:
    """Cells by (row, column), both from 0. `errors` holds what Excel shows, such as #N/A."""

    unevaluated: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


class Scanner:
    """Reads a sheet's XML in pieces of any size."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.scan = Scan()
        self.rest = b""
        self.width = self.height = 0

    def feed(self, piece: bytes) -> None:
        """Looks at everything up to the last whole cell."""
        text = self.rest + piece
        cut = max(text.rfind(mark) + len(mark) if mark in text else 0 for mark in CELL_ENDS)
        if not cut and len(text) < MOST_KEPT_BYTES:
            self.rest = text
            return
        cut = cut or len(text)
        self.look(text[:cut])
        self.rest = text[cut:]

    def finish(self) -> Scan:
        """The scan; Refused when the sheet reaches too far."""
        self.look(self.rest)
        if self.width * self.height > MOST_CELLS:
            raise Refused(
                f"“{self.name}”的工作表过大（{self.height}行 × {self.width}列），请删去多余的行列 / sheet too large"
            )
        return self.scan

    def look(self, text: bytes) -> None:
        """One piece that ends between cells."""
        self.reach(text)
        if not (b"<f" in text or b":f" in text or b'"e"' in text or b"'e'" in text):
            return
        for attributes, content in CELL.findall(text):
            place = PLACE.search(attributes)
            if place is None:
                continue
            value = VALUE.search(content)
            kind = TYPE.search(attributes)
            where = (int(place[2]) - 1, column_number(place[1]) - 1)
            if kind and kind[1] == b"e":
                self.scan.errors[where] = value[1].decode("utf-8", "replace") if value else "#"
            elif FORMULA.search(content) and not (value and value[1]) and not (kind and kind[1] == b"str"):
                self.scan.unevaluated.add(where)

    def reach(self, text: bytes) -> None:
        """How far the cells of this piece reach; formatted cells without content count only where it gets too far."""
        rows = max((int(row) for row in (*ROW.findall(text), *FAR_ROW.findall(text))), default=0)
        width = max(map(column_number, set(FAR_COLUMN.findall(text))), default=26)
        if width > WIDE or rows > TALL:
            filled = [at for attributes, content in CELL.findall(text) if content and (at := PLACE.search(attributes))]
            rows = max((int(at[2]) for at in filled), default=0)
            width = max((column_number(at[1]) for at in filled), default=0)
        self.width, self.height = max(self.width, width), max(self.height, rows)


def column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

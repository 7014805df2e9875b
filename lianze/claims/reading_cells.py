"""Which row and column of a DOCX's table a paragraph stands in."""

from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Cell = tuple[int, int, int, int]


def cells_of(body: ElementTree.Element) -> dict[int, Cell]:
    """(table, row, column, columns covered), counted from 0, by the `id` of every paragraph that is its cell's only one with text."""
    found: dict[int, Cell] = {}
    for table, node in enumerate(body.iter(f"{W}tbl")):
        for row, line in enumerate(_rows(node)):
            column = 0
            for cell in (part for part in line.iter(f"{W}tc")):
                span = _span(cell)
                paragraphs = [part for part in cell.iter(f"{W}p") if any(text.text for text in part.iter(f"{W}t"))]
                if len(paragraphs) == 1:
                    found[id(paragraphs[0])] = (table, row, column, span)
                column += span
    return found


def _rows(table: ElementTree.Element) -> list[ElementTree.Element]:
    """Its own rows, also those inside content controls; rows of tables inside its cells are theirs."""
    rows: list[ElementTree.Element] = []
    stack = list(table)[::-1]
    while stack:
        node = stack.pop()
        if node.tag == f"{W}tr":
            rows.append(node)
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            stack.extend(list(node)[::-1])
    return rows


def _span(cell: ElementTree.Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    said = "" if span is None else span.get(f"{W}val", "")
    return max(1, min(64, int(said))) if said.isdecimal() else 1

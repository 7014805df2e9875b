"""CSV as spreadsheets on Chinese Windows read it."""

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """The rows with a byte order mark, so that Excel reads the Chinese; nothing in them starts a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow("'" + cell if cell.startswith(FORMULA) else cell for cell in row)
    return "\ufeff".encode() + text.getvalue().encode()

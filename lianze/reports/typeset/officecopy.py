"""The copy of a DOCX that LibreOffice is given, where it reads the format otherwise than Word.

- It takes `w:overflowPunct` the wrong way round, and would hang commas into the margin.
- It leaves out the thin space between Chinese and digits at the edge of a content control, so that
  figures would stand closer to their neighbours than dates do. The controls are unwrapped; their text stays.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

CONTROL: Final = re.compile(rb"<w:sdt>(?:(?!<w:sdtContent>).)*<w:sdtContent>|</w:sdtContent></w:sdt>", re.DOTALL)
OVERFLOW: Final = re.compile(rb'<w:overflowPunct( w:val="(\w+)")?/>')


def office_copy(docx: bytes) -> bytes:
    """The file as LibreOffice must see it to lay it out as Word does. Raises BadZipFile."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename == "word/document.xml":
                content = CONTROL.sub(b"", content)
            if entry.filename in ("word/document.xml", "word/styles.xml"):
                content = OVERFLOW.sub(inverted, content)
            copy.writestr(entry, content)
    return target.getvalue()


def inverted(switch: re.Match[bytes]) -> bytes:
    """The same switch the other way round."""
    off = switch[2] in (b"0", b"false", b"off")
    return b'<w:overflowPunct w:val="%d"/>' % off

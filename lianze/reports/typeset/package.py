"""The parts around the text, and the ZIP file that holds them.

Nothing here depends on the clock or on the machine: entries keep one order and one timestamp, so the
same document rendered for the same time is the same file, byte for byte.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

from lianze.reports.typeset.checkpoint import RELATION
from lianze.reports.typeset.section import EVEN, ODD
from lianze.reports.typeset.wordxml import clean, part

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES: Final = (
    f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{WORD}.settings+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{WORD}.footer+xml"/>'
    f'<Override PartName="/word/footer2.xml" ContentType="{WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)


def relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    """A .rels part from id → (type, target)."""
    rows = (f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, (kind, target) in targets.items())
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


PACKAGE_RELATIONS: Final = relationships(
    {
        "rId1": (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
        "rId2": (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    }
)


def document_relations(*, picture: bool) -> str:
    """What word/document.xml refers to."""
    targets = {
        "rId1": (f"{OFFICE}/relationships/styles", "styles.xml"),
        "rId2": (f"{OFFICE}/relationships/settings", "settings.xml"),
        ODD: (f"{OFFICE}/relationships/footer", "footer1.xml"),
        EVEN: (f"{OFFICE}/relationships/footer", "footer2.xml"),
    }
    if picture:
        targets[RELATION] = (f"{OFFICE}/relationships/image", "media/checkpoint.png")
    return relationships(targets)


def render_settings(long_tags: str) -> str:
    """word/settings.xml: footers of both sides, no squeezing of punctuation, layout as Word 2013 and later."""
    compatibility = (
        "<w:compat><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat>"
    )
    return part(
        "settings",
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'{compatibility}{long_tags}<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>',
    )


def render_properties(title: str, subject: str, author: str, at: datetime) -> str:
    """docProps/core.xml; the file claims to be made at `at`, in UTC to the second."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    words = (("dc:title", title), ("dc:subject", subject), ("dc:creator", author), ("cp:lastModifiedBy", author))
    texts = "".join(f"<{name}>{escape(clean(text))}</{name}>" for name, text in words)
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{texts}<dc:language>zh-CN</dc:language>{times}</cp:coreProperties>"
    )


def zip_parts(parts: Mapping[str, str | bytes]) -> bytes:
    """The package, its parts in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return buffer.getvalue()

"""What a file is by its content; its name proves nothing."""

from collections.abc import Callable

HEAD_BYTES = 4096
OPC = "application/vnd.openxmlformats-officedocument."
# First bytes → media type.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"ID3", "audio/mpeg"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
# A name among the first members of a zip file → what kind of package it is.
PACKAGES: tuple[tuple[bytes, str], ...] = (
    (b"word/", f"{OPC}wordprocessingml.document"),
    (b"xl/", f"{OPC}spreadsheetml.sheet"),
    (b"ppt/", f"{OPC}presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
    (b"opendocument.text", "application/vnd.oasis.opendocument.text"),
)

# What a machine would run is evidence of nothing. Scripts have no signature: their names tell them.
PROGRAMS = ("application/x-msdownload", "application/x-executable")
PROGRAM_NAMES = (
    *(".exe", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".lnk"),
    *(".reg", ".jar", ".sh", ".apk"),
)


def is_program(name: str, media_type: str) -> bool:
    """Whether the file is one that a machine runs."""
    return media_type in PROGRAMS or name.lower().strip().endswith(PROGRAM_NAMES)


def media_type_of(head: bytes) -> str:
    """The media type told by the first `HEAD_BYTES` of a file."""
    if head.startswith(b"PK\x03\x04"):
        return next((kind for name, kind in PACKAGES if name in head), "application/zip")
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], "application/octet-stream")
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:11] in (b"hei", b"mif") else "video/mp4"
    known = next((kind for start, kind in SIGNATURES if head.startswith(start)), None)
    return known or ("text/plain" if is_text(head) else "application/octet-stream")


def is_text(head: bytes) -> bool:
    """Whether the bytes read as text in one of the encodings offices use."""
    if b"\x00" in head:
        return False
    decoders: tuple[Callable[[], str], ...] = (lambda: head.decode("utf-8"), lambda: head.decode("gb18030"))
    # The last character may be cut in two.
    for _ in range(4):
        for decode in decoders:
            try:
                decode()
            except UnicodeDecodeError:
                continue
            return True
        head = head[:-1]
    return False

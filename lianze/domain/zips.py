"""What Python's zip reader raises for a damaged or hostile file: one list, for every reader of .xlsx and .docx."""

import struct
import zipfile
import zlib

# RuntimeError: encrypted; ValueError: names that are no text; OSError: an offset that points nowhere.
UNREADABLE_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)

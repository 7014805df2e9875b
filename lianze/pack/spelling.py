"""What a cell's text is when the way it was typed is taken away: width, quotes, blanks, invisible characters."""

import re
import unicodedata

# Control characters but tab and newline; zero-width marks that pasting from web pages leaves behind.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
BLANKS = re.compile(r"\s+")
QUOTES = str.maketrans(dict.fromkeys("“”„‟＂「」『』《》", '"') | dict.fromkeys("‘’", "'"))


def trimmed(text: str) -> str:
    """`text` without blanks around it and invisible characters in it, composed (NFC), newlines as \\n."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text)).strip()


def folded(text: str) -> str:
    """The spelling under which titles are compared: width, letter case, quotes and blanks don't count."""
    if text.isascii():
        return BLANKS.sub("", text).lower()
    apart = BLANKS.sub("", unicodedata.normalize("NFKC", text.translate(QUOTES)).casefold())
    return BLANKS.sub("", unicodedata.normalize("NFKC", apart))

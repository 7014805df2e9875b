"""Chinese unless the user's language is English: LIANZE_LANG first, then the locale."""

import os


def is_english() -> bool:
    """Whether messages are in English."""
    for name in ("LIANZE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value.lower().startswith("en")
    return False


def choose(chinese: str, english: str) -> str:
    """The text in the user's language."""
    return english if is_english() else chinese


def one_language(sentence: str) -> str:
    """The half of a “中文 / English” sentence that the user reads; the whole where there is only one."""
    chinese, slash, english = sentence.rpartition(" / ")
    return sentence if not slash else choose(chinese, english)

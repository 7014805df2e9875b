"""Chinese and English side by side, as everywhere in this project: the reader's language picks one.

Texts of the pack carry `title` and `title_en`; messages of the rules read “中文 / English”.
"""

from typing import Protocol

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

CHOICES = {"zh-hans": "中文", "en": "English"}
COOKIE = "lianze_language"


class Titled(Protocol):
    """Any definition of a pack that people read the name of."""

    @property
    def title(self) -> str: ...
    @property
    def title_en(self) -> str: ...


def is_english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "").startswith("en")


def both(chinese: str, english: str) -> str:
    """The text in the reader's language."""
    return english if is_english() else chinese


def named(definition: Titled) -> str:
    """The definition's name in the reader's language."""
    return both(definition.title, definition.title_en or definition.title)


def one_language(sentence: str) -> str:
    """The reader's half of a “中文 / English” sentence; the whole where there is only one."""
    chinese, slash, english = sentence.rpartition(" / ")
    return both(chinese, english) if slash else sentence


def keep_language(response: HttpResponse, language: str) -> None:
    """Remembers the language on this machine for a year."""
    response.set_cookie(COOKIE, language, max_age=31_536_000, samesite="Lax", httponly=True, secure=settings.HTTPS)

"""Template tags: texts in both languages, names of definitions, and values as people read them."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.template import Context, Library
from django.template.base import FilterExpression, Node, Parser, Token
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from lianze import __version__
from lianze.ledger.exact import plain
from lianze.web import language
from lianze.web.figure_checks import ShownCheck

register = Library()


class Text(Node):
    """A text of the page itself in both languages; a page has a thousand of them, so that each must cost little."""

    def __init__(self, chinese: FilterExpression, english: FilterExpression, name: str) -> None:
        self.chinese, self.english, self.name = chinese, english, name

    def render(self, context: Context) -> SafeString:
        """The reader's text, or nothing where it only gets a name."""
        english = context.get("english")
        chosen = self.english if (language.is_english() if english is None else english) else self.chinese
        text = conditional_escape(chosen.resolve(context))
        if not self.name:
            return text
        context[self.name] = text
        return SafeString("")


@register.tag
def t(parser: Parser, token: Token) -> Text:
    """`{% t "台账" "Registers" %}`, or with `as name` at the end to use it further on."""
    _, chinese, english, *rest = token.split_contents()
    return Text(parser.compile_filter(chinese), parser.compile_filter(english), rest[1] if rest else "")


@register.filter
def named(definition: language.Titled | None) -> str:
    """The name of a register, field, kind, choice, figure …"""
    return language.named(definition) if definition is not None else ""


@register.filter
def sentence(text: str) -> str:
    """A message of the rules in one language."""
    return language.one_language(str(text))


@register.filter
def day(value: date | None) -> str:
    """A date as 2023-03-15, which reads the same in both languages and sorts by itself."""
    return value.isoformat()[:10] if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A time of the office's zone, to the minute."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@register.filter
def number(value: Decimal | int | None) -> str:
    """A number without trailing zeros or exponent, thousands apart."""
    if value is None:
        return ""
    return format(plain(Decimal(value)), ",f")


@register.filter
def hexadecimal(value: bytes | memoryview | None) -> str:
    """A hash as people compare it."""
    return bytes(value).hex() if value else ""


@register.simple_tag
def version() -> str:
    """The program's version; also part of the addresses of its own files, so that an upgrade is seen at once."""
    return __version__


@register.filter
def is_image(name: str) -> bool:
    """Whether a browser shows the file as a picture."""
    return name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp"))


@register.filter
def is_pdf(name: str) -> bool:
    """Whether the file is a PDF by its name."""
    return name.lower().endswith(".pdf")


@register.filter
def month(value: date) -> str:
    """A month as 2023-05 or 2023年5月."""
    return language.both(f"{value.year}年{value.month}月", f"{value:%Y-%m}")


@register.filter
def with_verdict(checks: list[ShownCheck], verdict: str) -> list[ShownCheck]:
    """Those of the checks that came out so."""
    return [check for check in checks if check.verdict == verdict]


@register.filter
def marked(text: str, words: list[str]) -> str:
    """The text with every place marked that one of the words stands at."""
    if not words:
        return text
    pieces = re.split("(" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")", text, flags=re.I)
    # Every second piece is a hit.
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", p) if n % 2 else p,) for n, p in enumerate(pieces))
    )

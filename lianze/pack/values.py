"""Values of fields, parsed the same way wherever they come from: a workbook's cell, a form, JSON.

`parse_value` takes what was typed and returns the typed value, None for an empty one, or a Fault in words.
`json_value` is the form that `data` of an entry keeps.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from lianze.pack.choosing import Options, ordered
from lianze.pack.dates import parse_date
from lianze.pack.definitions import Field
from lianze.pack.numbers import parse_number
from lianze.pack.shown import Fault, shown, written
from lianze.pack.spelling import trimmed

# What a field of each type is parsed to; of unit and person it is the name as typed, which the directory resolves.
Value = str | date | Decimal | int | bool | tuple[str, ...] | None
# Longest text kept, in characters.
LONGEST = {"text": 500, "longtext": 20_000, "unit": 100, "person": 100}
YES = {"是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "1.0", "已"}
NO = {"否", "无", "不", "×", "✗", "✘", "☐", "n", "no", "false", "0", "0.0", "未", "没有"}
SEPARATORS = re.compile(r"[、，,;；/\n]+")
NOTHING = Options(())


def parse_value(field: Field, raw: object, options: Options = NOTHING) -> Value | Fault:
    """The typed value of `raw`; None when it is empty; a Fault when it is not what the field takes."""
    if isinstance(raw, str):
        raw = trimmed(raw)
    if raw is None or raw == "":
        return None
    return PARSERS[field.type](field, raw, options)


def parse_text(field: Field, raw: object, options: Options = NOTHING) -> str | Fault:
    """Text of a line (newlines become blanks) or, for longtext, of lines. Its `maximum`, if any, counts characters."""
    del options
    if isinstance(raw, list | tuple | dict):
        return Fault(f"“{shown(raw)}”不是文字 / expected text")
    text = raw if isinstance(raw, str) else spelled(raw)
    if field.type != "longtext" and "\n" in text:
        text = " ".join(text.split())
    limit = int(field.maximum or LONGEST[field.type])
    if len(text) > limit:
        return Fault(f"有{len(text)}个字，最多{limit}字 / too long, at most {limit} characters")
    return (
        text
        if text.isascii() or is_encodable(text)
        else Fault("含有无法保存的字符 / holds characters that cannot be kept")
    )


def spelled(raw: object) -> str:
    """The text of what Excel made a number or a date."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, datetime) and raw.time() == datetime.min.time():
        return raw.date().isoformat()
    return written(raw)


def is_encodable(text: str) -> bool:
    """Whether UTF-8 can write it; half of a surrogate pair, which JSON lets in, it can't."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def parse_day(field: Field, raw: object, options: Options = NOTHING) -> date | Fault:
    """A day."""
    del field, options
    return parse_date(raw)


def parse_amount(field: Field, raw: object, options: Options = NOTHING) -> Decimal | int | Fault:
    """An exact number; an int for an integer field."""
    del options
    number = parse_number(field, raw)
    return int(number) if field.type == "integer" and isinstance(number, Decimal) else number


def parse_boolean(field: Field, raw: object, options: Options = NOTHING) -> bool | Fault:
    """Yes or no."""
    del field, options
    if isinstance(raw, bool):
        return raw
    text = written(raw).lower()
    if text in YES or text in NO:
        return text in YES
    return Fault(f"“{shown(raw)}”不明；应为“是”或“否” / expected yes or no")


def parse_choice(field: Field, raw: object, options: Options = NOTHING) -> str | Fault:
    """The id of one choice."""
    del field
    return options.parse(raw)


def parse_choices(field: Field, raw: object, options: Options = NOTHING) -> tuple[str, ...] | Fault | None:
    """The ids of several choices, each once, in the order of the definition."""
    del field
    found = raw if isinstance(raw, list | tuple) else SEPARATORS.split(written(raw))
    parsed = [options.parse(one) for one in found if written(one).strip()]
    faults = [one.sentence for one in parsed if isinstance(one, Fault)]
    if faults:
        return Fault("；".join(faults))
    return ordered((one for one in parsed if isinstance(one, str)), options) or None


PARSERS: dict[str, Callable[[Field, object, Options], Value | Fault]] = {
    "text": parse_text,
    "longtext": parse_text,
    "date": parse_day,
    "integer": parse_amount,
    "decimal": parse_amount,
    "boolean": parse_boolean,
    "choice": parse_choice,
    "choices": parse_choices,
    "unit": parse_text,
    "person": parse_text,
}


def json_value(value: str | date | Decimal | int | bool | tuple[str, ...]) -> bool | int | str | list[str]:
    """The form kept in `data`: days as ISO text, decimals as plain text, several choices as a list."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return list(value) if isinstance(value, tuple) else value

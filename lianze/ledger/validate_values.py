"""Whether a value that is already typed fits its field: columns hold Python values, `data` their JSON forms."""

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.org.directory import Directory
from lianze.pack.choosing import Options
from lianze.pack.dates import in_range
from lianze.pack.definitions import Field
from lianze.pack.numbers import expected, parse_number
from lianze.pack.shown import Fault, shown
from lianze.pack.values import parse_text


def fault_of(field: Field, value: object, options: Options, directory: Directory) -> str | None:
    """What is wrong with a value that is not empty; None when it fits."""
    match field.type:
        case "text" | "longtext":
            return of_text(field, value)
        case "date":
            return of_day(field, value)
        case "integer" | "decimal":
            return of_number(field, value)
        case "boolean":
            return None if isinstance(value, bool) else wrong(field, value, "是或否", "true or false")
        case "choice":
            known = isinstance(value, str) and value in options.ids
            return None if known else f"没有“{shown(value)}”这一项；{options.expected(shown(value))}"
        case "choices":
            return of_choices(field, value, options)
        case "unit":
            return None if id_of(value) in directory.units else wrong(field, value, "本单位的内设机构", "a unit")
        case "person":
            return None if id_of(value) in directory.people else wrong(field, value, "本单位的人员", "a person")


def wrong(field: Field, value: object, expected_zh: str, expected_en: str) -> str:
    """The sentence for a value of the wrong type."""
    return f"“{field.title}”的值“{shown(value)}”不对；应为{expected_zh} / expected {expected_en}"


def of_text(field: Field, value: object) -> str | None:
    """Text that is not text, too long, or cannot be kept."""
    if not isinstance(value, str):
        return wrong(field, value, "文字", "text")
    parsed = parse_text(field, value)
    return parsed.sentence if isinstance(parsed, Fault) else None


def of_day(field: Field, value: object) -> str | None:
    """A day that is none, or far from any office's life."""
    if isinstance(value, str) and field.name not in ENTRY_COLUMNS:
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return wrong(field, value, "日期", "a date as YYYY-MM-DD")
    if not isinstance(value, date):
        return wrong(field, value, "日期", "a date as YYYY-MM-DD")
    day = in_range(value)
    return day.sentence if isinstance(day, Fault) else None


def of_number(field: Field, value: object) -> str | None:
    """A number that is none, out of range, or too fine."""
    in_column = field.name in ENTRY_COLUMNS
    kind = Decimal if in_column else (int if field.type == "integer" else str)
    if not isinstance(value, kind) or isinstance(value, bool):
        return f"“{shown(value)}”不是数；{expected(field)}"
    try:
        number = parse_number(field, Decimal(value))
    except InvalidOperation:
        return f"“{shown(value)}”不是数；{expected(field)}"
    return number.sentence if isinstance(number, Fault) else None


def of_choices(field: Field, value: object, options: Options) -> str | None:
    """Something that is no list, or holds an unknown or repeated choice."""
    if not isinstance(value, list):
        return wrong(field, value, "若干选项", "a list of choices")
    unknown = [shown(one) for one in value if not (isinstance(one, str) and one in options.ids)]
    if unknown:
        return f"没有“{'、'.join(unknown)}”这一项；{options.expected(unknown[0])}"
    return None if len(set(value)) == len(value) else wrong(field, value, "不重复的选项", "each choice once")


def id_of(value: object) -> UUID | None:
    """The id in a column or, as text, in `data`."""
    if isinstance(value, UUID):
        return value
    try:
        return UUID(str(value))
    except ValueError:
        return None

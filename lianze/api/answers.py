"""What is answered when something is wrong: one shape, with every problem at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from pydantic import ValidationError as Misshapen

from lianze.api.auth import note
from lianze.domain.errors import Invalid, NotFound, Problem, Refused, Stale

INVALID = "内容有误，未作任何改动 / something is wrong with what was sent; nothing was changed"
UNKNOWN = "没有有效的令牌 / no token that holds"
# The project's sentence for what JSON itself gets wrong, by the validator's name for it.
SENTENCES = {
    "missing": "必须填写 / must be given",
    "extra_forbidden": "没有这一项 / no such field",
    "json_invalid": "不是有效的JSON / not valid JSON",
    "literal_error": "不在可选范围内 / not one of the choices",
    "string_too_long": "文字过长 / too long",
    "uuid_parsing": "不是有效的标识 / not an id",
    "nul": "含有无法保存的字符 / holds characters that cannot be kept",
}


class ProblemOut(Schema):
    """One fault: the field it is in (`fields.title`, `links.addresses`), the rule it breaks, and a sentence."""

    field: str
    rule: str
    sentence: str


class ErrorOut(Schema):
    """Why nothing was done. `error`: unauthorised, refused, not_found, stale, invalid."""

    error: str
    sentence: str
    problems: list[ProblemOut]


# Answers that every endpoint may give.
COMMON = {401: ErrorOut, 403: ErrorOut, 404: ErrorOut, 422: ErrorOut}
WRITING = {**COMMON, 409: ErrorOut}


def answer(status: int, error: str, sentence: str, problems: Sequence[dict[str, str]] = ()) -> HttpResponse:
    """One error as JSON."""
    body = {"error": error, "sentence": sentence, "problems": list(problems)}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def not_found() -> HttpResponse:
    """The very same answer for what is hidden and for what does not exist."""
    return answer(404, "not_found", "没有找到 / not found")


def of_ledger(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Faults of a register's rules; the ledger's `rule` names the field at fault."""
    return [{"field": place_of(found.rule), "rule": "definition", "sentence": found.sentence} for found in problems]


def place_of(rule: str) -> str:
    """Where the field at fault stands in the JSON."""
    if rule.startswith("@"):
        return f"participants.{rule[1:]}"
    if rule.startswith(">"):
        return f"links.{rule[1:]}"
    return rule if rule in ("kind", "state", "step", "reason", "after", "file") else f"fields.{rule}"


def of_shape(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Faults of the JSON's shape."""
    return [
        {
            "field": ".".join(str(part) for part in found["loc"]) or "body",
            "rule": found["type"],
            "sentence": SENTENCES.get(found["type"], f"格式不对 / {found['msg']}"),
        }
        for found in errors
    ]


def on_refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """403, or 409 for a version that is no longer the latest; the refusal goes into the audit list."""
    if isinstance(error, Stale):
        return answer(409, "stale", str(error))
    if hasattr(request, "auth"):
        note(request, "refused", f"API {request.method} {request.path} {error}")  # type: ignore[arg-type]
    return answer(403, "refused", str(error))


def on_error(request: HttpRequest, error: Any) -> HttpResponse:
    """The answer to any of the project's errors, and to JSON of the wrong shape."""
    match error:
        case NotFound():
            return not_found()
        case Refused():
            return on_refused(request, error)
        case Invalid():
            return answer(422, "invalid", INVALID, of_ledger(error.problems))
        case Misshapen():
            return answer(422, "invalid", INVALID, of_shape(error.errors()))
        case ValidationError():
            return answer(422, "invalid", INVALID, of_shape(error.errors))
        case _:
            return answer(401, "unauthorised", UNKNOWN)


def add_handlers(api: NinjaAPI) -> None:
    """Turns errors into answers."""
    for kind in (NotFound, Refused, Invalid, Misshapen, ValidationError, AuthenticationError):
        api.add_exception_handler(kind, on_error)

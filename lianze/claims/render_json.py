"""The number check as JSON: mentions, relations, summary."""

import json
from collections import Counter
from decimal import Decimal

from lianze.claims.shapes import Checked, Implied, Mention, Relation, Verdict

Value = str | int | float | None | list[int]


def render_json(checked: Checked) -> str:
    """One JSON object, keys in the order that people read them; numbers are integers where they are whole."""
    verdicts = checked.verdicts or (None,) * len(checked.mentions)
    data: dict[str, object] = {
        "mentions": [_mention(m, v) for m, v in zip(checked.mentions, verdicts, strict=True)],
        "relations": [_relation(relation) for relation in checked.relations],
        "summary": summary_of(checked),
    }
    if checked.verdicts:
        data["implied"] = [_implied(one) for one in checked.implied]
    return json.dumps(data, ensure_ascii=False, indent=1)


def summary_of(checked: Checked) -> dict[str, dict[str, int] | list[str] | int | None]:
    """Counts of classes, verdicts and relation statuses; how many claims stay unchecked; what could not be read."""
    judged: Counter[str] = Counter(verdict.code for verdict in checked.verdicts if verdict is not None)
    claims = sum(mention.cls == "claim" for mention in checked.mentions)
    unchecked = judged["no_figure"] + judged["not_checked"] if checked.verdicts else claims
    return {
        "numbers": len(checked.mentions),
        "claims": claims,
        "not_checked": unchecked,
        "classes": dict(Counter(mention.cls for mention in checked.mentions)),
        "verdicts": dict(judged),
        "relations": dict(Counter(relation.status for relation in checked.relations)),
        "unread": list(checked.unread),
        "report_year": checked.report_year or None,
        "records_year": checked.records_year or None,
    }


def has_contradiction(checked: Checked) -> bool:
    """Whether a relation is broken or a claim contradicted by the records."""
    return any(relation.status == "broken" for relation in checked.relations) or any(
        code == "contradicted"
        for code in (*(v.code for v in checked.verdicts if v is not None), *(one.verdict for one in checked.implied))
    )


def _mention(mention: Mention, verdict: Verdict | None) -> dict[str, Value]:
    return {
        "line": mention.line,
        "start": mention.start,
        "end": mention.end,
        "raw": mention.raw,
        "low": _number(mention.low),
        "high": _number(mention.high),
        "counted_in": mention.counted_in,
        "noun": mention.noun,
        "scope": mention.scope,
        "class": mention.cls,
        "reason": mention.reason,
        "figure": verdict.binding.figure if verdict and verdict.binding.figure else None,
        "binding": verdict.binding.state if verdict and verdict.binding.state != "refused" else "none",
        "computed": _number(verdict.computed) if verdict else None,
        "verdict": verdict.code if verdict else "not_checked",
    }


def _implied(one: Implied) -> dict[str, Value]:
    return {
        "line": one.line,
        "start": one.start,
        "end": one.end,
        "raw": one.raw,
        "noun": one.noun,
        "figure": one.figure,
        "binding": one.binding,
        "verdict": one.verdict,
    }


def _relation(relation: Relation) -> dict[str, Value]:
    return {
        "kind": relation.kind,
        "members": list(relation.members),
        "formula": relation.formula,
        "status": relation.status,
        "explanation": relation.explanation,
    }


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)

"""The number check as a workbook: one row per number, a second sheet for relations."""

import io

import xlsxwriter

from lianze.claims import wording as w
from lianze.claims.shapes import Checked, Mention, Verdict

HEADS = (
    ("段", "line", 6), ("起", "start", 6), ("止", "end", 6), ("原文", "as written", 14), ("数值", "low", 10), ("上限", "high", 10),
    ("计量", "counted in", 8), ("名词", "noun", 22), ("范围", "scope", 12), ("类别", "class", 9), ("理由", "reason", 22),
    ("数据项", "figure", 26), ("对应", "binding", 9), ("台账数", "computed", 10), ("结论", "verdict", 26), ("规则", "rule", 28),
    ("上下文", "context", 60),
)  # fmt: skip
RELATION_HEADS = (
    ("关系", "kind", 14), ("状态", "status", 10), ("算式", "formula", 30), ("说明", "explanation", 50), ("所在行", "rows", 20),
)  # fmt: skip


def render_xlsx(checked: Checked, english: bool) -> bytes:
    """The workbook's bytes. Text is written as text: a report's “=…” never becomes a formula."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E7ECEF"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        numbers = book.add_worksheet("Numbers" if english else "数字")
        relations = book.add_worksheet("Relations" if english else "关系")
        for sheet, heads in ((numbers, HEADS), (relations, RELATION_HEADS)):
            for column, (chinese, name, width) in enumerate(heads):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, name if english else chinese, bold)
            sheet.freeze_panes(1, 0)
        verdicts = checked.verdicts or (None,) * len(checked.mentions)
        for row, (mention, verdict) in enumerate(zip(checked.mentions, verdicts, strict=True), 1):
            for column, cell in enumerate(_cells(checked, mention, verdict, english)):
                if cell is not None:
                    numbers.write(row, column, cell, wrapped)
        for row, relation in enumerate(checked.relations, 1):
            rows = "、".join(str(place + 2) for place in relation.members)
            status, words = w.word(w.STATUSES, relation.status, english), w.in_language(relation.explanation, english)
            for column, text in enumerate((relation.kind, status, relation.formula, words, rows)):
                relations.write_string(row, column, text, wrapped)
        numbers.autofilter(0, 0, max(1, len(checked.mentions)), len(HEADS) - 1)
    return target.getvalue()


def _cells(checked: Checked, mention: Mention, verdict: Verdict | None, english: bool) -> list[str | float | None]:
    text = checked.blocks[mention.block].text
    return [
        mention.line,
        mention.start,
        mention.end,
        mention.raw,
        None if mention.low is None else float(mention.low),
        None if mention.high is None else float(mention.high),
        mention.counted_in,
        mention.noun,
        mention.scope,
        w.word(w.CLASSES, mention.cls, english),
        w.word(w.REASONS, mention.reason, english),
        verdict.binding.figure if verdict else None,
        w.word(w.BINDINGS, verdict.binding.state, english) if verdict else None,
        float(verdict.computed) if verdict and verdict.computed is not None else None,
        w.verdict_words(verdict, english) if mention.cls in ("claim", "frequency") else None,
        w.rule_words(verdict, english),
        text[max(0, mention.start - 16) : mention.end + 16],
    ]

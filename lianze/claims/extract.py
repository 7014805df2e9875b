"""All numerals of a paragraph as mentions, from left to right, with `text[start:end] == raw` always."""

from collections.abc import Sequence
from dataclasses import replace

from lianze.claims.classify import class_of
from lianze.claims.context import Settings, noun_of
from lianze.claims.frame import Frame
from lianze.claims.frequency import frequency_at, in_a_period
from lianze.claims.named_numbers import (
    end_of_rule,
    heading_number,
    holiday_end,
    is_announced,
    is_count_after_all,
    name_in_title,
    set_phrase_at,
)
from lianze.claims.place import Place
from lianze.claims.quantity import Quantity, quantity_at
from lianze.claims.report_year import report_year
from lianze.claims.respective import name_respectively
from lianze.claims.scan import Token, tokens
from lianze.claims.series import join_ranges, share_measures
from lianze.claims.shapes import Block, Mention, MentionClass
from lianze.claims.terms import Terms

_NUMBERS = frozenset(("arabic", "hanzi", "fraction"))


def read_mentions(blocks: Sequence[Block], terms: Terms) -> list[Mention]:
    """Mentions of all blocks in reading order; `Mention.block` is the block's place in `blocks`."""
    year = report_year(blocks)
    return [mention for place, block in enumerate(blocks) for mention in _Reader(place, block, terms, year).read()]


class _Reader:
    """Reads one paragraph."""

    def __init__(self, place: int, block: Block, terms: Terms, report_year: int) -> None:
        self.place, self.block, self.terms, self.report_year = place, block, terms, report_year
        self.text = block.text
        self.frame = Frame(block.text)
        self.settings = Settings(self.frame, terms)
        self.found: list[Mention] = []
        self.item = ""
        self.done = 0  # everything before this offset is accounted for
        self.last_number = 0

    def read(self) -> list[Mention]:
        for token in join_ranges(self.text, list(tokens(self.text)), self.terms):
            if token.start >= self.done:
                self._take(token)
        return name_respectively(self.text, share_measures(self.text, self.found, self.terms))

    def _take(self, token: Token) -> None:
        if token.kind in ("garbled", "placeholder"):
            self._add(token.start, token.end, token.kind, "residue" if token.kind == "garbled" else "placeholder")
            return
        if token.kind == "list":
            self._heading(token)
            return
        span = self.frame.span(token.start)
        if span and self.frame.is_title(span) and token.kind != "freq":
            self._add(*name_in_title(self.text, token, self.done, self.terms), "name", "in_title")
            return
        if token.kind == "hanzi" and not span and self._in_a_period(token):
            return
        if token.kind != "date" and self._in_lexicon(token):
            return
        if token.kind in _NUMBERS:
            self._number(token, span)
        elif token.kind == "freq":
            self._frequency(token)
        else:
            self._fixed(token)

    def _add(self, start: int, end: int, cls: str, reason: str) -> None:
        self.done = max(self.done, end)
        kind: MentionClass = cls  # type: ignore[assignment]
        self.found.append(
            Mention(
                self.place, self.block.line, start, end, self.text[start:end], kind, reason,
                measure_end=end, item=self.item, section=self.block.section,
            )
        )  # fmt: skip

    def _heading(self, token: Token) -> None:
        self._add(*heading_number(token), "ordinal", "heading")
        self.done = token.end
        self.settings.new_item()

    def _in_lexicon(self, token: Token) -> bool:
        """Set phrases are names; words that only look like numerals are passed over. True if one of the two."""
        if token.kind not in ("hanzi", "ordinal", "marker", "code"):
            return False
        if token.kind == "hanzi" and (self._holiday(token) or self._slip(token)):
            return True
        phrase, skip = set_phrase_at(self.text, token, self.done, self.terms)
        if phrase:
            if token.kind in ("ordinal", "code") and phrase[0] != token.start:
                return False
            if is_count_after_all(self.text, phrase, token, self.terms):
                return False
            self._add(*phrase, "name", "set_phrase")
            return True
        if skip:
            self.done = max(self.done, skip[1], token.end)
        return bool(skip)

    def _in_a_period(self, token: Token) -> bool:
        match = in_a_period(self.text, token.start)
        if match:
            self._add(token.start, match.end(), "frequency", "in_a_period")
        return bool(match)

    def _slip(self, token: Token) -> bool:
        slip = self.terms.slip_at(self.text, token.start)
        if slip:
            self._add(token.start, token.start + len(slip[0]), "name", "slip")
            self.found[-1] = replace(self.found[-1], qualifiers=(slip[1],))
        return bool(slip)

    def _holiday(self, token: Token) -> bool:
        end = holiday_end(self.text, token.start, self.terms)
        if end:
            self._add(token.start, end, "date", "holiday")
        return bool(end)

    def _fixed(self, token: Token) -> None:
        span = self.frame.span(token.start)
        if token.kind == "marker":
            if span:
                self._add(token.start, token.start + 1, "name", "quoted")
                return
            self.item = token.raw
            self.settings.new_item()
            self._add(token.start, token.end, "ordinal", "list_item")
        elif token.kind in ("circled", "ordinal"):
            self._add(token.start, token.end, "ordinal", token.kind)
        elif token.kind in ("document", "code"):
            self._add(token.start, token.end, "name", token.kind)
        elif token.kind == "date":
            self._add(token.start, token.end, "name" if span and self.frame.is_title(span) else "date", "date")

    def _frequency(self, token: Token) -> None:
        frequency = frequency_at(self.text, token.start, self.frame, self.terms)
        if frequency is None:
            return
        self._add(token.start, frequency.end, "frequency", "every")
        if frequency.number:
            quantity = quantity_at(self.text, frequency.number, self.terms)
            self._fill(quantity)
        else:
            self.found[-1] = replace(self.found[-1], period=frequency.unit)

    def _fill(self, quantity: Quantity) -> None:
        setting = self.settings.at(quantity.start)
        noun = noun_of(self.frame, quantity, self.last_number, self.terms)
        self.last_number = quantity.measure_end
        self.found[-1] = replace(
            self.found[-1], low=quantity.low, high=quantity.high, comparison=quantity.comparison,
            counted_in=quantity.counted_in, measure_end=max(quantity.measure_end, self.found[-1].end), noun=noun,
            actor=setting.actor, scope=setting.scope, period=setting.period,
            qualifiers=self._qualifiers(quantity), tag=self._tag(quantity),
        )  # fmt: skip

    def _qualifiers(self, quantity: Quantity) -> tuple[str, ...]:
        near = self.text[max(self.frame.clause_start(quantity.start), quantity.start - 14) : quantity.start]
        words = [
            m[0] for key in ("subset", "total", "each") for m in self.terms.pattern(f"wording.{key}").finditer(near)
        ]
        return (*words, *quantity.qualifiers)

    def _tag(self, quantity: Quantity) -> str:
        return next((tag for start, end, tag in self.block.tags if start <= quantity.start and quantity.end <= end), "")

    def _number(self, token: Token, span: tuple[int, int] | None) -> None:
        quantity = quantity_at(self.text, token, self.terms)
        if span and span[1] - span[0] <= 24 and not is_announced(self.text, quantity, span, self.terms):
            end = span[1] - 1 if token.start == span[0] + 1 and quantity.counted_in else token.end
            self._add(token.start, max(end, token.end), "name", "quoted")
            return
        before, after = self.frame.before(token.start), self.frame.after(quantity.measure_end)
        if quantity.counted_in:
            before = before.rstrip("（(")  # 办理（31）件
        place = Place(self.block, self.frame, token, quantity, self.terms, before, after, self.report_year)
        cls, reason = ("claim", "announced") if span and span[1] - span[0] <= 24 else class_of(place)
        if self._tag(quantity) and quantity.low is not None:
            cls, reason = "claim", "tagged"  # Lianze put it there as a figure
        end = end_of_rule(self.text, quantity, self.terms) if reason == "named_rule" else quantity.end
        self._add(quantity.start, end, cls, reason)
        self._fill(quantity)
        if reason in ("places", "announced"):
            head = self.terms.pattern("relations.announced").match(self.text, quantity.measure_end)
            self.found[-1] = replace(self.found[-1], noun=quantity.counted_in or (head[0] if head else ""))
        if cls in ("claim", "standard", "plan", "period", "frequency"):
            self.done = max(self.done, quantity.measure_end)

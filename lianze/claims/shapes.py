"""What the number check hands from step to step. Offsets count characters of the unchanged text, from 0, end excluded."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

BlockKind = Literal["heading", "paragraph", "cell", "footnote", "text_box"]
MentionClass = Literal[
    "claim", "standard", "frequency", "plan", "name", "date", "ordinal", "period", "placeholder", "garbled"
]
Comparison = Literal["", "more", "about", "near", "over", "least", "most", "less", "range", "several"]
RelationStatus = Literal["ok", "soft", "broken"]
BindingState = Literal["auto", "suggested", "confirmed", "refused", "none"]
VerdictCode = Literal[
    "confirmed", "within_wording", "contradicted", "short_of_records", "no_records", "no_figure", "not_checked"
]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as the author left it. `line`: 1-based line of a text file, paragraph number in reading order otherwise.

    `label` is a number that Word's own lists print before the text without its being part of it.
    `section` is the path of heading numbers, `heading` the words of the nearest heading; what stands from `planned_from`
    on lies ahead (None: nothing does). `cell` is (table, row, column, columns covered) of a DOCX's table, counted from 0.
    `tags` are content controls: (start, end, tag as figure|scope).
    """

    line: int
    text: str
    kind: BlockKind = "paragraph"
    label: str = ""
    section: tuple[str, ...] = ()
    heading: str = ""
    planned_from: int | None = None
    tags: tuple[tuple[int, int, str], ...] = ()
    cell: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One numeral. `low` and `high` differ for ranges only; None where no value can be read.

    `counted_in` is the measure word as written, brackets made half-width, "" where there is none.
    `measure_end` is the end of number and measure word together. `item` is the list item 一是, 二是 … it stands in.
    """

    block: int
    line: int
    start: int
    end: int
    raw: str
    cls: MentionClass
    reason: str
    low: Decimal | None = None
    high: Decimal | None = None
    comparison: Comparison = ""
    counted_in: str = ""
    measure_end: int = 0
    noun: str = ""
    actor: str = ""
    scope: str = ""
    period: str = ""
    qualifiers: tuple[str, ...] = ()
    item: str = ""
    section: tuple[str, ...] = ()
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Numbers that ought to agree. `members` are indexes into the list of mentions; `formula` is written with their values.

    `explanation` is “中文 / English”, as are the rule and the caveats of a Verdict.
    """

    kind: str
    members: tuple[int, ...]
    formula: str
    status: RelationStatus
    explanation: str


@dataclass(frozen=True, slots=True)
class FigureFact:
    """A figure of the year as the number check needs it, value computed elsewhere.

    `hits` counts the entries behind it. `covered`: the register is complete for the period, or a review looked.
    `parts`: (sub-period in words, value) in order, for 每季度-like statements. `share`: value is a share, 0–1.
    `scope_name` is what a text calls `scope`, where that is a code. `places`: decimals that the figure is shown with.
    """

    figure: str
    title: str
    counted_in: str
    value: Decimal | None
    synonyms: tuple[str, ...] = ()
    section: str = ""
    actor: str = ""
    context: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    scope: str = ""
    register: str = ""
    hits: int = 0
    covered: bool = True
    entry_ids: tuple[str, ...] = ()
    parts: tuple[tuple[str, Decimal], ...] = ()
    share: bool = False
    scope_name: str = ""
    places: int = 0


@dataclass(frozen=True, slots=True)
class Binding:
    """What a phrase means. `fingerprint` has no value in it, so that it outlives the year (see binding.py)."""

    fingerprint: str
    figure: str
    state: BindingState
    score: int = 0
    scope: str = ""
    period: str = ""
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the records say of one claim. `difference` is stated − computed; `rule` names the wording rule applied."""

    code: VerdictCode
    binding: Binding
    stated: Decimal | None = None
    computed: Decimal | None = None
    difference: Decimal | None = None
    rule: str = ""
    entry_ids: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Implied:
    """A claim without a numeral (未发现…, 均…). `start` and `end` hold `raw`, `noun` is the word that names the figure."""

    line: int
    start: int
    end: int
    raw: str
    noun: str
    figure: str
    binding: BindingState
    verdict: VerdictCode


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's blocks, and in words what of it could not be read."""

    blocks: tuple[Block, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole answer; `verdicts` has one place per mention, None for what is no claim.

    `report_year` is the year that the report is about, `records_year` that of the figures it was held against; 0 where unknown.
    """

    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    verdicts: tuple[Verdict | None, ...] = ()
    unread: tuple[str, ...] = ()
    implied: tuple[Implied, ...] = ()
    report_year: int = 0
    records_year: int = 0

    @property
    def is_of_other_year(self) -> bool:
        """Whether the report is about another year than the records: then no number is held against them."""
        return bool(self.report_year and self.records_year) and self.report_year != self.records_year

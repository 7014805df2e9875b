"""The sheets of a pack's workbook and their columns: one description for the template and for the import."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from lianze.exchange.organisation_sheets import ORGANISATION_SHEETS
from lianze.pack.choosing import Options, options_of
from lianze.pack.definitions import Field, Pack, Participant, Register

NOTHING = Options(())


@dataclass(frozen=True)
class Column:
    """A column: `key` is `number`, `kind`, `state`, `evidence`, a field's name, `@role` or `>relation`.

    `many`: several names in one cell. `options` are what a choice, kind or state is chosen from.
    """

    key: str
    field: Field
    options: Options = NOTHING
    many: bool = False

    @property
    def title(self) -> str:
        return self.field.title


@dataclass(frozen=True)
class SheetPlan:
    """A sheet of the workbook. `register` is None for the sheets about the organisation."""

    id: str
    title: str
    columns: tuple[Column, ...]
    register: Register | None = None


def plans_of(pack: Pack, known: Collection[str] | None = None) -> list[SheetPlan]:
    """Every sheet of the pack's workbook: the organisation first, then the registers, or those `known` of them: neither
    a sheet nor a column tells of the others."""
    known = pack.registers.keys() if known is None else known
    about = [
        SheetPlan(id_, title, tuple(Column(f.name, f, options_of(f, pack)) for f in fields))
        for id_, title, fields in ORGANISATION_SHEETS
    ]
    registers = [register for register in pack.registers.values() if register.id in known]
    return about + [SheetPlan(r.id, r.title, tuple(register_columns(r, pack, known)), r) for r in registers]


def register_columns(register: Register, pack: Pack, known: Collection[str]) -> Iterator[Column]:
    """The columns of a register's sheet, in the order that docs/workbook.md gives."""
    yield Column(
        "number",
        Field("number", "编号", "Number", "text", maximum=Decimal(60), aliases=("记录编号",), help=NUMBER_HELP),
    )
    if register.kind:
        required = register.kind_required
        kind = Field("kind", "类型", "Kind", "choice", required=required, aliases=("类别", "种类"))
        yield Column("kind", kind, Options(register.kind))
    for field in register.field:
        yield Column(field.name, field, options_of(field, pack))
    for part in register.participant:
        key = f"@{part.role}"
        people = Field(
            key,
            part.title,
            part.title_en,
            "longtext",
            part.required,
            aliases=part.aliases,
            help=people_help(part),
            help_en=people_help_en(part),
        )
        yield Column(key, people, many=True)
    for link in (link for link in register.link if link.to in known):
        title = pack.registers[link.to].title
        text = f"填“{title}”中的编号，几个用“、”隔开"
        key = f">{link.relation}"
        yield Column(
            key,
            Field(
                key,
                link.title,
                link.title_en,
                "longtext",
                link.required,
                aliases=link.aliases,
                help=text,
                help_en=f"numbers from “{title}”, several separated by 、",
            ),
            many=True,
        )
    if register.state:
        first = register.state[0].title
        state = Field("state", "状态", "State", "choice", aliases=("办理状态",), help=f"不填为“{first}”")
        yield Column("state", state, Options(register.state))
    evidence = Field(
        "evidence",
        "佐证",
        "Evidence",
        "longtext",
        aliases=("佐证材料", "附件"),
        help=EVIDENCE_HELP,
        help_en=EVIDENCE_HELP_EN,
    )
    yield Column("evidence", evidence, many=True)


NUMBER_HELP = "本表内不重复的编号；被其他表引用的记录必须填写，修改记录时按编号认定"
EVIDENCE_HELP = "佐证文件的文件名，几个用“、”隔开；文件放在工作簿旁的“佐证”文件夹内"
EVIDENCE_HELP_EN = "names of evidence files, several separated by 、; the files are sent along"


def people_help(part: Participant) -> str:
    """How people are written in one cell."""
    spoken = f"，表态写在括号里，如 张明（{part.positions[0].title}）" if part.positions else ""
    return ("几人用“、”隔开" if part.many else "填一人") + ("，可填外单位人员" if part.outside else "") + spoken


def people_help_en(part: Participant) -> str:
    """The same in English."""
    spoken = f"; the position in brackets, as 张明（{part.positions[0].title}）" if part.positions else ""
    return (
        ("names, separated by 、" if part.many else "one name") + ("; outsiders too" if part.outside else "") + spoken
    )

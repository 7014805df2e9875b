"""docs/generated/mechanisms.md: what carries each thing the responsibility system does."""

from lianze.pack.definitions import Mechanism, Pack
from lianze.pack.reference.markdown import coded, render_page, render_table

SAID = (
    "What the responsibility system does, and the registers, kinds, figures and duties that carry it. A row without a "
    "register is carried by the tables of the organisation model. Duties in italics are switched off until an "
    "organisation confirms its own frequency."
)


def render_mechanisms(pack: Pack) -> str:
    """One row a mechanism."""
    columns = ("id", "机制", "mechanism", "registers", "kinds", "figures", "duties", "tables")
    rows = [row_of(mechanism, pack) for mechanism in pack.mechanisms.values()]
    return render_page(pack, "Mechanisms 机制", SAID, [render_table(columns, rows)])


def row_of(mechanism: Mechanism, pack: Pack) -> tuple[str, ...]:
    """The cells of one mechanism."""
    duties = (f"`{name}`" if pack.duties[name].enabled else f"*`{name}`*" for name in mechanism.duties)
    return (
        mechanism.id,
        mechanism.title,
        mechanism.title_en,
        coded(mechanism.registers),
        coded(mechanism.kinds),
        coded(mechanism.figures),
        " ".join(duties),
        coded(mechanism.tables),
    )

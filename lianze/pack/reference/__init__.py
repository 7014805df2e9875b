"""Reference pages of a pack, made from its definitions: docs/generated is exactly what `render_pack_docs` gives."""

from lianze.pack.definitions import Pack
from lianze.pack.reference.figures import render_figures
from lianze.pack.reference.mechanisms import render_mechanisms
from lianze.pack.reference.registers import render_registers
from lianze.pack.reference.roles import render_roles
from lianze.pack.reference.rules import render_checks, render_duties, render_norms

__all__ = ["render_pack_docs"]


def render_pack_docs(pack: Pack) -> dict[str, str]:
    """File name → Markdown text, for every page."""
    return {
        "mechanisms.md": render_mechanisms(pack),
        "registers.md": render_registers(pack),
        "figures.md": render_figures(pack),
        "duties.md": render_duties(pack),
        "norms.md": render_norms(pack),
        "checks.md": render_checks(pack),
        "roles.md": render_roles(pack),
    }

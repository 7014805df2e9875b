"""Packs (制度包): what an organisation owes, records, counts and reports, as TOML."""

from lianze.pack.definitions import Pack
from lianze.pack.load import load_builtin, load_pack

__all__ = ["Pack", "load_builtin", "load_pack"]

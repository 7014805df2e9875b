"""Lianze 廉责: the integrity-responsibility ledger of a public organisation."""

__version__ = "0.1.0"

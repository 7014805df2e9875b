"""What a role may be allowed to do; `rules.permissions` decides by these names."""

# On an entry: read, record, amend, withdraw, transition. On a register or the whole ledger: import, export.
# On a report: report, freeze, file. On the organisation itself: organise (units, people, posts), administer, secure,
# audit.
ACTIONS = (
    "read",
    "record",
    "amend",
    "withdraw",
    "transition",
    "import",
    "export",
    "report",
    "freeze",
    "file",
    "organise",
    "administer",
    "secure",
    "audit",
)

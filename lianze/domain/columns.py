"""Names of the entry table's own columns: a register's field of such a name is stored in it, any other in `data`."""

ENTRY_COLUMNS = (
    "number",
    "kind",
    "title",
    "unit",
    "owner",
    "happened_on",
    "ended_on",
    "due_on",
    "done_on",
    "state",
    "level",
    "quantity",
    "amount",
)

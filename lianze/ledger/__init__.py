"""Entries, revisions, evidence and the log: the only writer."""

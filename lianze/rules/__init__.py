"""Yes or no, with the reason in words: what may follow, who may do it, what they may see. Knows no Django, no HTTP."""

from lianze.pack.actions import ACTIONS
from lianze.rules.granting import grant_refusal
from lianze.rules.permissions import refusal
from lianze.rules.shapes import Actor, HeldGrant, Subject
from lianze.rules.visibility import Reach, Visibility, covers, may_see, may_see_notes, visibility_of

__all__ = [
    "ACTIONS",
    "Actor",
    "HeldGrant",
    "Reach",
    "Subject",
    "Visibility",
    "covers",
    "grant_refusal",
    "may_see",
    "may_see_notes",
    "refusal",
    "visibility_of",
]

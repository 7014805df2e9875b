"""A number where it stands in its clause: what every rule about its class is given."""

import re
from typing import NamedTuple

from lianze.claims.frame import Frame
from lianze.claims.quantity import Quantity
from lianze.claims.scan import Token
from lianze.claims.shapes import Block, MentionClass
from lianze.claims.terms import Terms

Ruling = tuple[MentionClass, str] | None
HAN = re.compile(r"[\u4e00-\u9fff]")


class Place(NamedTuple):
    """A number where it stands. `before` and `after` are the clause up to the number and from its measure word on."""

    block: Block
    frame: Frame
    token: Token
    quantity: Quantity
    terms: Terms
    before: str
    after: str
    report_year: int

"""The fictional office of the sample year."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """The office whose year it is, and how its report is signed."""

    code: str
    name: str
    short_name: str
    superior_name: str
    year: int
    signed_on: str


SAMPLE = Sample(
    code="yunlan",
    name="云澜市归国华侨联合会",
    short_name="云澜市侨联",
    superior_name="中共云澜市委、中共云澜市纪委",
    year=2023,
    signed_on="2023-12-28",
)

"""What a page offers to choose from."""

from dataclasses import dataclass

from balie.kernel import Wording


@dataclass(frozen=True)
class Choice:
    """One of several. value: what the form sends. chosen: it is the one that holds, or that was just sent."""

    value: str
    name: Wording | str
    chosen: bool = False

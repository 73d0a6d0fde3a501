"""Messages made from templates."""

import random
from typing import Any


def messages(count: int, dice: random.Random) -> list[dict[str, Any]]:
    return []

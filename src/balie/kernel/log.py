"""The one logger: codes and handles, never a text. Whoever reads the log learns what happened, not about whom."""

import logging
import sys
from uuid import UUID

_logger = logging.getLogger("balie")
_FACTS = (int, float, bool, UUID)


def say(event: str, /, **facts: object) -> None:
    """Write one line. `event` is a code as `mail.received`; facts are numbers, handles and short codes.

    A text longer than 64 signs, or one with a space or an @ in it, is no code and is left out: a log holds no personal data
    (mission, Beyond 3).
    """
    words = " ".join(f"{name}={_fact(value)}" for name, value in facts.items())
    _logger.info("%s %s", event, words)


def start(stream: object = None) -> None:
    """Send log lines to standard error. Called once by each process that the product starts."""
    handler = logging.StreamHandler(stream or sys.stderr)  # type: ignore[arg-type]
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    _logger.handlers = [handler]
    _logger.setLevel(logging.INFO)
    _logger.propagate = False
    for other in ("django", "waitress", "mail.log"):  # their lines can hold paths and values
        logging.getLogger(other).handlers = [logging.NullHandler()]
        logging.getLogger(other).propagate = False


def _fact(value: object) -> str:
    if isinstance(value, _FACTS) or value is None:
        return str(value)
    text = str(value)
    return text if len(text) <= 64 and " " not in text and "@" not in text else "(text)"

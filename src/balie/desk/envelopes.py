"""The ids of a mail that its answer must quote, packed into one sealed value."""

import json


def packed(message_id: str, quoted_ids: tuple[str, ...]) -> bytes:
    """The id and the last twenty that it quotes; nothing when there is no id to quote."""
    return json.dumps([message_id, *quoted_ids[-20:]]).encode() if message_id else b""


def unpacked(value: object) -> tuple[str, ...]:
    """The ids that an answer quotes, oldest first, the mail's own last."""
    if not isinstance(value, str | bytes) or not value:
        return ()
    own, *quoted = json.loads(value)
    return (*quoted, own)

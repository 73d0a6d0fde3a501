"""A mail in the two forms in which it is signed (RFC 6376, 3.4), in time that grows with its length whatever stands in it."""

_SPACE = b" "


def lines_ended(raw: bytes) -> bytes:
    """The mail with the line ends under which it was signed; a file in a mailbox may have others."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def body(data: bytes, form: str) -> bytes:
    """The body in its `simple` or `relaxed` form."""
    if form == "relaxed":
        data = _single_spaces(data).replace(b" \r\n", b"\r\n")
        data = data[:-1] if data.endswith(_SPACE) else data
    data = _without_empty_end(data)
    if not data:
        return b"" if form == "relaxed" else b"\r\n"
    return data + b"\r\n"


def header(name: bytes, value: bytes, form: str) -> bytes:
    """One field in its `simple` or `relaxed` form, with its line end. value: all behind the colon, without the last line end."""
    if form == "simple":
        return name + b":" + value + b"\r\n"
    unfolded = _single_spaces(value.replace(b"\r\n", b"")).strip(_SPACE)
    return name.strip(b" \t").lower() + b":" + unfolded + b"\r\n"


def _single_spaces(data: bytes) -> bytes:
    data = data.replace(b"\t", _SPACE)
    while b"  " in data:  # each round halves the runs, so that a mail of spaces takes a few rounds
        data = data.replace(b"  ", _SPACE)
    return data


def _without_empty_end(data: bytes) -> bytes:
    """Without the empty lines at the end, and without the last line end."""
    end = len(data)
    tail = end - len(data.rstrip(b"\r\n"))
    if tail % 2 == 0 and data[end - tail :] == b"\r\n" * (tail // 2):
        return data[: end - tail]
    while data[max(end - 2, 0) : end] == b"\r\n":
        end -= 2
    return data[:end]

"""What is sent to a page is never on the disk in clear, not even for the moment in which it arrives."""

import os
import socket
import tempfile
import time
from pathlib import Path

import pytest

from tests.counter import Running

SIZE = 20 * 1024 * 1024


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are seen in /proc")
def test_a_large_upload_is_held_in_memory(running: Running) -> None:
    """A file without a name would be one as well: it is open, and shown as deleted."""
    pages = [pid for name, pid in running.house.children().items() if name.startswith("web")]
    with socket.create_connection(("127.0.0.1", running.house.http)) as line:
        head = (
            "POST /publications/sign-in HTTP/1.1",
            "Host: 127.0.0.1",
            "Content-Type: multipart/form-data; boundary=x",
            f"Content-Length: {SIZE}",
        )
        line.sendall("\r\n".join((*head, "", "")).encode())
        before = sum(map(held, pages))
        line.sendall(b"C" * (SIZE - 1))
        running.house.wait(lambda: sum(map(held, pages)) > before + SIZE // 1024 // 2)
        time.sleep(0.2)
        assert [one for pid in pages for one in temporary(pid)] == []


def held(pid: int) -> int:
    """Memory that a process uses, in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def temporary(pid: int) -> list[str]:
    """The open files of a process that have no name, or lie among the temporary ones."""
    found = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        try:
            place = os.readlink(one)
        except FileNotFoundError:
            continue
        if place.endswith("(deleted)") or place.startswith(f"{tempfile.gettempdir()}/tmp"):
            found.append(place)
    return found

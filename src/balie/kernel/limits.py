"""What a process may take, set from within. As a script it limits itself and becomes another program, so it imports
nothing of Balie: `python -I -S limits.py BYTES SECONDS PROGRAM ARGUMENTS…`.
"""

import os
import resource
import sys

FILES_OF_A_PROGRAM = 32  # its libraries, its letters


def limit(memory: int, *, files: int) -> None:
    """From here on the process takes no more than `memory` bytes of address space, has no more than `files` open at a
    time, writes to no file, leaves no image of its memory behind and starts no other process.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))


def become(memory: int, seconds: int, command: list[str]) -> None:
    """Become another program, which may compute for so many seconds."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    limit(memory, files=FILES_OF_A_PROGRAM)
    os.execv(command[0], command)  # noqa: S606 - an absolute path of our own


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])

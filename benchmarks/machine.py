"""What machine a figure was measured on; figures of different machines are compared only as ratios."""

import os
import platform
import sqlite3
import tempfile
import time
from pathlib import Path

import apsw


def facts() -> dict[str, str]:
    """The facts that matter for these figures, without the machine's name."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "sqlite": f"{sqlite3.sqlite_version} (data), {apsw.sqlite_lib_version()} (index)",
        "durable commits": f"{durable_commits():,.0f}/s",
    }


def durable_commits(seconds: float = 1.0) -> float:
    """How many small transactions a second this disk makes durable: what every figure here stands on."""
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "probe", isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE probe (one BLOB)")
        count, end = 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            db.execute("INSERT INTO probe VALUES (zeroblob(512))")
            count += 1
        db.close()
    return count / seconds


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

"""All benchmarks, one process each: a table on the screen, and the figures kept in benchmarks/results/."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks import machine

ALL = ("accepted", "readable", "sweeping", "erasing", "registers", "console", "recognising", "reading_in")
RESULTS = Path(__file__).parent / "results"


def main() -> int:
    console, figures = Console(), []
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("measuring", total=len(ALL))
        for name in ALL:
            progress.update(task, description=f"measuring: {name}")
            figures += measured(name)
            progress.advance(task)
    facts = machine.facts()
    show(console, facts, figures)
    keep(facts, figures)
    return 0 if all(one["holds"] for one in figures) else 1


def measured(name: str) -> list[dict[str, object]]:
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} did not end well:\n{done.stderr[-3000:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def show(console: Console, facts: dict[str, str], figures: list[dict[str, object]]) -> None:
    console.print("  ".join(f"[b]{name}[/b] {value}" for name, value in facts.items()))
    table = Table()
    for head in ("figure", "measured", "asked", "aim", "size"):
        table.add_column(head, justify="right" if head == "measured" else "left")
    for one in figures:
        mark = "" if not one["asked"] else "[green]✓[/green] " if one["holds"] else "[red]✗[/red] "
        table.add_row(
            str(one["name"]),
            f"{mark}{one['value']:,.1f} {one['unit']}",
            *(str(one[key]) for key in ("asked", "aim", "about")),
        )
    console.print(table)


def keep(facts: dict[str, str], figures: list[dict[str, object]]) -> None:
    RESULTS.mkdir(exist_ok=True)
    day = datetime.now(UTC).date().isoformat()
    (RESULTS / f"{day}.json").write_text(json.dumps({"machine": facts, "figures": figures}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())

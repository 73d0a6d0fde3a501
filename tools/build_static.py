"""Rebuilds src/balie/static/vendor from npm packages: fonts and the icon sprite, with versions and licences beside them.

Only someone who changes a version or the list of icons needs this, and Node for it: python tools/build_static.py
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "src" / "balie" / "static"
VENDOR = STATIC / "vendor"
FONT = ("@fontsource-variable/source-sans-3", "5.3.0", "OFL-1.1")
DRAWN = ("@tabler/icons", "3.51.0", "MIT")

FONT_FILES = (
    "source-sans-3-latin-wght-normal.woff2",
    "source-sans-3-latin-ext-wght-normal.woff2",
    "source-sans-3-latin-wght-italic.woff2",
)
# fmt: off
ICONS = (
    "adjustments-horizontal", "alert-circle", "alert-triangle", "arrow-forward-up", "bell", "book-2",
    "calendar-event", "check", "chevron-down", "chevron-left", "chevron-right", "clock", "coffee", "dots", "eraser",
    "eye", "file", "file-off", "file-spreadsheet", "file-text", "file-type-pdf", "file-zip", "filter", "git-fork",
    "git-merge", "hourglass", "inbox", "info-circle", "keyboard", "link", "lock", "logout", "mail", "mail-opened",
    "mail-question", "mail-x", "mailbox", "message", "messages", "movie", "music", "paperclip", "phone",
    "phone-incoming", "photo", "player-pause", "printer", "quote", "refresh", "scale", "search", "send", "server",
    "shield-check", "signature", "stack-2", "user", "user-off", "wifi-off", "world-off", "x",
)
# fmt: on


def main() -> None:
    """Fetch both packages with npm, write what the pages use, and note where each file came from."""
    with tempfile.TemporaryDirectory() as scratch:
        written = [_fonts(_fetch(FONT, Path(scratch))), _icons(_fetch(DRAWN, Path(scratch)))]
    note = {package["package"]: package for package in written}
    (VENDOR / "versions.json").write_text(json.dumps(note, indent=1, sort_keys=True) + "\n")
    print(f"{VENDOR}: {', '.join(note)}")


def _fetch(package: tuple[str, str, str], scratch: Path) -> Path:
    name, version, _ = package
    command = ["npm", "pack", "--silent", f"{name}@{version}"]
    packed = subprocess.run(command, cwd=scratch, check=True, capture_output=True, text=True).stdout.split()[-1]
    folder = scratch / name.replace("/", "-")
    with tarfile.open(scratch / packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _fonts(package: Path) -> dict[str, object]:
    folder = VENDOR / "source-sans-3"
    folder.mkdir(parents=True, exist_ok=True)
    for name in FONT_FILES:
        (folder / name).write_bytes((package / "files" / name).read_bytes())
    (folder / "LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())
    return _note(FONT, folder)


def _icons(package: Path) -> dict[str, object]:
    folder = VENDOR / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    symbols = [_symbol(name, (package / "icons" / "outline" / f"{name}.svg").read_text()) for name in ICONS]
    own = re.findall(r"<symbol.*?</symbol>", (STATIC / "shapes.svg").read_text(), flags=re.DOTALL)
    lines = ['<svg xmlns="http://www.w3.org/2000/svg">', *sorted(symbols + own), "</svg>"]
    (folder / "icons.svg").write_text("\n".join(lines) + "\n")
    (folder / "LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())
    return _note(DRAWN, folder)


def _symbol(name: str, svg: str) -> str:
    """One drawing as a symbol of the sprite, without the empty square that the package draws under each."""
    inner = re.sub(r"\s+", " ", svg[svg.index(">") + 1 : svg.rindex("</svg>")]).strip()
    inner = inner.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "").strip()
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{inner.replace(" />", "/>").replace("> <", "><")}</symbol>'


def _note(package: tuple[str, str, str], folder: Path) -> dict[str, object]:
    name, version, licence = package
    files = {f"{folder.name}/{path.name}": _digest(path) for path in sorted(folder.iterdir())}
    return {"package": name, "version": version, "licence": licence, "files": files}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()

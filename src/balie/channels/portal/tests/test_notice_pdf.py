"""The notice as a PDF for anybody: in the language asked for, made once, by a process that holds nothing of ours."""

import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from balie import register
from balie.channels.publishing import apart, kept
from balie.kernel import Refused

pytest.importorskip("weasyprint", exc_type=OSError, reason="needs Pango")

DESK = "citizens-advice"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: Any) -> Path:
    monkeypatch.setattr(settings, "BALIE_NOTICES", tmp_path / "notices")
    return tmp_path / "notices"


@pytest.fixture
def made(monkeypatch: Any) -> list[list[str]]:
    """The programs that were run to make one."""
    runs: list[list[str]] = []
    genuine = subprocess.run

    def run(command: list[str], **more: Any) -> Any:
        runs.append(command)
        return genuine(command, **more)

    monkeypatch.setattr(kept.subprocess, "run", run)
    return runs


def pdfs(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.glob("*.pdf"))


def test_it_is_offered_in_the_language_of_the_page_and_saved_under_a_name(
    advice: Any, browse: Any, made: list[Any], folder: Path
) -> None:
    number = register.in_force(DESK).number
    for language, words in {"fi": "Tallenna PDF", "sv": "Spara som PDF", "en": "Save as PDF"}.items():
        page = browse().get(f"/{DESK}/notice", {"language": language}).content.decode()
        assert words in page
        assert f'href="/{DESK}/notice/versions/{number}.pdf?language={language}"' in page
    for _ in range(2):
        answer = browse().get(f"/{DESK}/notice/versions/{number}.pdf", {"language": "sv"})
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="privacy-notice-{DESK}-{number}-sv.pdf"'
        assert answer["Content-Language"] == "sv"
        assert answer.content.startswith(b"%PDF-")
        assert len(answer.content) > 20_000
    assert len(made) == 1
    browse().get(f"/{DESK}/notice/versions/{number}.pdf", {"language": "fi"})
    assert len(made) == 2
    assert [one.split("-")[3] for one in pdfs(folder)] == ["fi", "sv"]


def test_what_is_not_public_has_none(advice: Any, browse: Any, made: list[Any]) -> None:
    assert browse().get(f"/{DESK}/notice/versions/99.pdf").status_code == 404
    assert browse().get("/no-such-desk/notice/versions/1.pdf").status_code == 404
    assert not made


def test_a_new_layout_takes_the_place_of_the_old_one(advice: Any, folder: Path, monkeypatch: Any) -> None:
    version = register.in_force(DESK)
    monkeypatch.setattr(kept, "_made", lambda page: b"%PDF-" + page[:10])
    kept.kept_pdf(version, "fi")
    (first,) = pdfs(folder)
    monkeypatch.setattr(kept, "html", lambda *_: "<p>Otherwise</p>")
    kept.kept_pdf(version, "fi")
    (second,) = pdfs(folder)
    assert first != second


def test_many_who_ask_at_once_wait_for_one(advice: Any, folder: Path, monkeypatch: Any) -> None:
    version, runs = register.in_force(DESK), []
    page = threading.Barrier(4)

    def making(page: bytes) -> bytes:
        runs.append(page)
        return b"%PDF-"

    monkeypatch.setattr(kept, "_made", making)
    told = kept.html

    def together(*given: Any) -> str:
        page.wait(10)
        return told(*given)

    monkeypatch.setattr(kept, "html", together)
    found: list[bytes] = []
    askers = [threading.Thread(target=lambda: found.append(kept.kept_pdf(version, "fi"))) for _ in range(4)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    assert found == [b"%PDF-"] * 4
    assert len(runs) == 1


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "print('no PDF')", "while True: pass"])
def test_where_none_can_be_made_the_page_says_so_and_nothing_is_kept(
    advice: Any, browse: Any, folder: Path, tmp_path: Path, monkeypatch: Any, program: str
) -> None:
    (tmp_path / "broken.py").write_text(program)
    monkeypatch.setattr(apart, "__file__", str(tmp_path / "broken.py"))
    monkeypatch.setattr(kept, "PATIENCE", 2.0)
    with pytest.raises(Refused, match="No PDF can be made now"):
        kept.kept_pdf(register.in_force(DESK), "fi")
    answer = browse(language="en").get(f"/{DESK}/notice/versions/1.pdf")
    assert answer.status_code == 403
    assert "Print the notice from your browser" in answer.content.decode()
    assert pdfs(folder) == []


def test_the_process_that_makes_it_gets_the_page_and_nothing_of_ours(
    advice: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("BALIE_MASTER_KEY", "a secret word")
    probe = tmp_path / "probe.py"
    probe.write_text("import os, sys; sys.stdout.write('%PDF-' + repr(sorted(os.environ)) + repr(sys.path[:1]))")
    monkeypatch.setattr(apart, "__file__", str(probe))
    told = kept.kept_pdf(register.in_force(DESK), "fi").decode()
    assert "BALIE" not in told
    assert "DJANGO" not in told
    assert str(tmp_path) not in told.partition("[")[2]

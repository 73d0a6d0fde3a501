"""Processes as copies of one that has loaded everything: what they all need lies in memory once."""

import gc
import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.template import engines
from django.urls import get_resolver
from django.utils import timezone, translation

from balie import evidence, jobs, register, vault
from balie.channels import clock

# What is imported only by the process that does it.
_LATER = ("balie.config.wsgi", "balie.config.worker", "balie.channels.mail.reception", "balie.privacy.jobs")
_SIGNS = (signal.SIGTERM, signal.SIGINT)


def load() -> None:
    """Load what pages, worker and reception need. Afterwards nothing is open that a copy may not share."""
    for name in _LATER:
        import_module(name)
    for package in (evidence, register, vault):
        for name in package.__all__:
            getattr(package, name)
    jobs.find()
    assert get_resolver().url_patterns
    templates = engines["jinja2"].env  # type: ignore[attr-defined]
    for name in templates.list_templates():
        templates.get_template(name)
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
    clock.day_words(timezone.now())
    for desk in register.desks():
        register.in_force(desk)
    connections.close_all()
    gc.collect()
    gc.freeze()  # a collection would write into what is shared, and it would be shared no more
    gc.set_threshold(20_000, 20, 20)  # a page makes some thousands of things, and most go by themselves


def start(name: str, run: Callable[[], object]) -> BaseProcess:
    """A copy of this process that does this and nothing else. name: as `ps` shows it."""
    process = multiprocessing.get_context("fork").Process(target=_be, args=(name, run), name=name)
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNS)  # one that came now would be taken by the copy for its parent's
    process.start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNS)
    return process


def _be(name: str, run: Callable[[], object]) -> None:
    for sign in _SIGNS:
        signal.signal(sign, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNS)
    with suppress(OSError):  # a name is for whoever looks at the machine; not every system has one
        Path("/proc/self/comm").write_text(f"balie {name}", "utf-8")
    run()

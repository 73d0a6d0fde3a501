"""Chromium for the tests that use the pages as people do. Without one they are skipped by name, and say so."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, sync_playwright

# The shell without windows takes a third of the processor's time of a whole Chromium, which draws its own tabs and bars.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = f"needs a browser: none of {', '.join(NAMES)} is installed here"
PATIENCE = 15_000  # milliseconds that a page may take on a busy machine


def executable() -> str | None:
    """The system's own Chromium; nothing is downloaded."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser; each visitor gets a context of their own."""
    # Playwright keeps an event loop running in this thread, and Django then takes every test for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        yield browser
        browser.close()


def visit(browser: Browser, *, language: str = "en", script: bool = True) -> BrowserContext:
    """A visitor without a past: no cookies, the language of their browser, with or without JavaScript."""
    context = browser.new_context(locale=language, java_script_enabled=script)
    context.set_default_timeout(PATIENCE)
    return context

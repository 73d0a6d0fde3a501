"""Somebody at the pages of the demonstration: keeps cookies, fills in forms, reads what comes back."""

import html
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar

from balie.config.demo_house import NotHeld

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_SEEN = re.compile(r'name="seen" value="([\w-]+)"')


class Visitor:
    """One visitor. What is sent carries the cookies and the word against forgery of the page before."""

    def __init__(self, url: str) -> None:
        self.url, self.page = url, ""
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def get(self, path: str) -> str:
        """Open a page; what it says. Raises NotHeld when there is none."""
        return self._open(urllib.request.Request(self.url + path))  # noqa: S310 - our own address

    def send(self, path: str, **fields: str) -> str:
        """Send a form of the page that is open; the page that follows."""
        token, seen = _TOKEN.search(self._raw), _SEEN.search(self._raw)
        known = {"csrfmiddlewaretoken": token[1] if token else "", "seen": seen[1] if seen else ""}
        data = urllib.parse.urlencode(known | fields).encode()
        return self._open(urllib.request.Request(self.url + path, data, method="POST"))  # noqa: S310

    def wait_for(self, path: str, word: str, *, seconds: float = 15) -> str:
        """Open a page again and again until a word stands on it. Raises NotHeld when it does not in time."""
        return self._wait(lambda: word in self.get(path), f"«{word}» did not appear", seconds)

    def _wait(self, done: Callable[[], bool], otherwise: str, seconds: float) -> str:
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise NotHeld(f"{otherwise} within {seconds:.0f} seconds.")
            time.sleep(0.1)
        return self.page

    def _open(self, request: urllib.request.Request) -> str:
        try:
            with self._opener.open(request, timeout=30) as answer:
                self._raw = answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                raise NotHeld(f"The page {request.selector} answered {error.code}.") from error
        self.page = html.unescape(self._raw)
        return self.page

"""Somebody at the web door without a browser: keeps cookies, sends forms, follows nothing by itself."""

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from http.cookiejar import Cookie, CookieJar

from balie.config.demonstration import PASSWORD, Demo
from balie.people import sign_in

NOOR = Demo("publications", "Noor Haverkamp", "noor@publications.test", ("agent",), ())
TEUN = Demo("publications", "Teun Adriaans", "teun@publications.test", ("agent", "administrator"), ())
DORIEN = Demo("publications", "Dorien Vossen", "dorien@publications.test", ("privacy-officer",), ())
RENSKE = Demo("newsletter-editors", "Renske Oudkerk", "renske@newsletter-editors.test", ("agent",), ())
HELEEN = Demo("newsletter-editors", "Heleen Zwart", "heleen@newsletter-editors.test", ("privacy-officer",), ())
SANNE = Demo("telecom", "Sanne Kuipers", "sanne@telecom.test", ("agent",), ())
MARIJN = Demo("telecom", "Marijn Lodder", "marijn@telecom.test", ("privacy-officer",), ())
LOTTE = Demo("municipal-websites", "Lotte Verschoor", "lotte@municipal-websites.test", ("agent",), ())
KERTTU = Demo("citizens-advice", "Kerttu Lauttala", "kerttu@citizens-advice.test", ("agent",), ())
AAPO = Demo("citizens-advice", "Aapo Rintaniemi", "aapo@citizens-advice.test", ("agent", "administrator"), ())
TUULIA = Demo("citizens-advice", "Tuulia Kankaala", "tuulia@citizens-advice.test", ("privacy-officer",), ())

STEP = 30  # seconds for which a one-time code is the current one
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def main(self) -> str:
        """What the page is about, without what stands around it: the bar with the open tickets, the views."""
        return self.text.partition("<main")[2].partition("</main>")[0]

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer like any other."""

    def redirect_request(self, *_: object) -> None:
        return None


class Visitor:
    """One visitor. Each request carries the cookies of the answers before; each form the word against forgery of the last page."""

    def __init__(self, url: str, *, language: str = "en") -> None:
        self.url, self.cookies, self.token = url, CookieJar(), ""
        self._headers = {"Accept-Language": language}
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), _Stay(), urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.url + path, headers=self._headers))

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str | list[str]) -> Answer:
        typed = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **fields}, doseq=True).encode()
        asked = urllib.request.Request(self.url + path, typed, {**self._headers, **(headers or {})}, method="POST")
        return self._ask(asked)

    def method(self, method: str, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.url + path, headers=self._headers, method=method))

    def cookie(self, name: str) -> Cookie | None:
        return next((one for one in self.cookies if one.name == name), None)

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=60) as response:
                answer = Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                answer = Answer(error.code, error.headers, error.read())
        found = _TOKEN.findall(answer.text)
        self.token = found[-1] if found else self.token
        return answer


_used: dict[tuple[str, str], int] = {}  # the half minute whose code a member of staff used last at an installation


def signed_in(url: str, who: Demo) -> Visitor:
    """A member of staff who has signed in with address, password and a one-time code."""
    visitor = Visitor(url)
    visitor.get(f"/{who.desk}/sign-in")
    answer = visitor.post(f"/{who.desk}/sign-in", email=who.email, password=PASSWORD)
    assert answer.status == 303, answer.text
    visitor.get(f"/{who.desk}/sign-in/code")
    answer = visitor.post(f"/{who.desk}/sign-in/code", code=fresh_code(url, who))
    assert answer.status == 303, answer.text
    visitor.get(f"/{who.desk}/tickets")
    return visitor


def fresh_code(url: str, who: Demo) -> str:
    """A code that holds now and was not used yet: each serves once, and clocks may differ by half a minute either way."""
    now = int(time.time()) // STEP
    period = max(now - 1, _used.get((url, who.email), 0) + 1)
    time.sleep(max(0.0, (period - 1) * STEP - time.time()))
    _used[(url, who.email)] = period
    return sign_in.code_of(who.one_time, datetime.fromtimestamp(period * STEP, UTC))

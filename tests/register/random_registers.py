"""Registers that nobody wrote: the form of one, drawn at random, with sense or without."""

import json
from typing import Any

from hypothesis import strategies as st

from balie.register.terms import EVENTS
from balie.register.types import NEEDS
from balie.register.words import catalogue

ITEMS = sorted(catalogue())
IDS = ["one", "two", "three", "four-and-more"]
HOLDERS = ["ticket", "profile", "account", "contact-list", "asset", "system"]
OPERATIONS = ["collect", "record", "store", "alter", "consult", "use", "transmit", "erase"]
BASES = ["consent", "contract", "legal-obligation", "vital-interest", "public-task", "legitimate-interest"]
WORK = ["questions", "incidents", "forms", "problems", "changes", "configuration", "accounts", "feedback", "orders"]
KINDS = ["staff", "processor", "sub-processor", "authority", "customer", "controller", "third-party"]
COUNTRIES = ["NL", "FI", "SE", "NO", "US", "EU", "EEA"]


def as_text(one: Any) -> str:
    """By which two lines of a list are the same, whatever the order of their keys."""
    return json.dumps(one, sort_keys=True)


ids = st.sampled_from(IDS)
dates = st.dates().map(lambda day: f"20{day.year % 100:02}-{day.month:02}-{day.day:02}")
# Sentences with what makes YAML stumble: colons, commas, quotation marks, words that look like numbers or truth.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=2, max_size=40
)
sayings = st.sampled_from(
    ["no", "on", "12", "true", "yes, both: «a», 'b'", "# none", "Näin käy.", "- x", "2027-01-01", "null", "a: b"]
)
sentences = sayings | texts
lengths = st.tuples(st.integers(1, 999), st.sampled_from(["year", "month", "week", "day", "hour"])).map(
    lambda one: f"{one[0]} {one[1]}s"
) | st.sampled_from(["P2Y", "P6M", "P30D", "PT72H", "P1W"])
keeps = st.one_of(
    st.just("permanent"),
    st.tuples(lengths, st.sampled_from(EVENTS)).map(lambda one: f"{one[0]} after {one[1]}"),
    st.tuples(st.sampled_from(["when", "on"]), st.sampled_from(EVENTS)).map(" ".join),
    st.sampled_from(EVENTS).map(lambda event: f"each January after {event}"),
)


def some(of: list[str], *, least: int = 1, most: int = 4) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), min_size=least, max_size=most, unique=True)


def named(what: st.SearchStrategy[Any], *, most: int = 3) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(ids, what, min_size=1, max_size=most)


terms = st.fixed_dictionaries(
    {"keep": keeps},
    optional={
        "if-never": keeps,
        "not-before": lengths,
        "approve-within": lengths,
        "why": sentences,
        "review": dates,
        "warn": st.lists(lengths, min_size=1, max_size=2, unique=True),
        "at-once": some(["deactivate-account", "restrict"], most=2),
        "then": some(["close-account", "deprovision", "offer-return", "report", "erase"]),
    },
)
recipients = st.fixed_dictionaries(
    {"who": sentences, "kind": st.sampled_from(KINDS)},
    optional={
        "country": st.sampled_from(COUNTRIES),
        "parties": st.lists(st.fixed_dictionaries({"name": sentences}), min_size=1, max_size=2, unique_by=as_text),
    },
)
systems = st.fixed_dictionaries({"name": sentences, "run-by": st.sampled_from(["us", "customers", *IDS])})
purposes = st.fixed_dictionaries(
    {"what": sentences, "basis": st.sampled_from(BASES)},
    optional={
        "because": sentences,
        "includes": some(WORK, least=0),
        "direct-marketing": st.just(True),
        "special": st.dictionaries(st.just("health"), st.sampled_from("abhj"), min_size=1),
    },
)
details = st.fixed_dictionaries(
    {},
    optional={
        "keep": ids,
        "purpose": some(IDS),
        "source": some(["person", "staff", *IDS]),
        "in": some(HOLDERS),
        "when": sentences | st.lists(sentences, min_size=1, max_size=2, unique=True),
        "consent": st.sampled_from(["person", "customer"]),
        "operations": some(OPERATIONS),
        "placeholder": st.just("dummy"),
        "without": sentences,
    },
)
people = st.fixed_dictionaries(
    {"who": sentences, "allowed": some(ITEMS)},
    optional={
        "kind": st.sampled_from(["citizen", "employee", "user"]),
        **{need: some(ITEMS) for need in NEEDS if need != "allowed"},
        "details": st.dictionaries(st.sampled_from(ITEMS), details, min_size=1, max_size=3),
        "operations": some(OPERATIONS),
        "keep": ids,
        "in": some(HOLDERS),
        "source": some(["person", "staff", "another-person", *IDS]),
        "providing": st.sampled_from(["voluntary", "for-handling", "by-contract", "by-law"]),
        "without": sentences,
    },
)
shares = st.sampled_from(IDS) | st.fixed_dictionaries(
    {"with": ids},
    optional={
        "of": some(IDS),
        "items": some(ITEMS) | st.just("all"),
        "one-of": some(ITEMS, least=2),
        "purpose": some(IDS),
        "per": st.sampled_from(["ticket", "account", "standing"]),
        "when": sentences | st.lists(sentences, min_size=1, max_size=2, unique=True),
        "asked-by": st.sampled_from(["person", "customer"]),
        "consent": st.sampled_from(["person", "customer"]),
        "until": st.sampled_from(EVENTS),
    },
)
looks = st.fixed_dictionaries(
    {"at": some(ITEMS)},
    optional={"asked-by": st.just("customer"), "when": sentences, "limit": lengths, "of": some(IDS)},
)
activities = st.fixed_dictionaries(
    {"name": sentences, "purposes": named(purposes), "people": named(people, most=2), "keep": ids},
    optional={
        "role": st.sampled_from(["controller", "joint-controller", "processor"]),
        "for": st.just("customers") | some(IDS),
        "as-agreed": st.just(True),
        "in": some(HOLDERS),
        "source": some(["person", "staff", *IDS]),
        "systems": some(IDS),
        "operations": some(OPERATIONS),
        "share": st.just("none") | st.lists(shares, min_size=1, max_size=3, unique_by=as_text),
        "look": st.lists(looks, min_size=1, max_size=2, unique_by=as_text),
        "related": st.just("none") | some(IDS),
        "notice": st.sampled_from(["public", "internal"]),
    },
)
registers: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "format": st.just(1),
        "desk": ids,
        "number": st.just("X-1"),
        "name": sentences,
        "organisation": sentences,
        "languages": st.sampled_from([["nl"], ["fi", "sv", "en"]]),
        "controller": st.fixed_dictionaries(
            {"name": sentences, "country": st.sampled_from(["NL", "FI"])}, optional={"public-body": st.booleans()}
        ),
        "terms": named(terms, most=4),
        "activities": named(activities, most=2),
    },
    optional={
        "latest": lengths,
        "review": dates,
        "recipients": named(recipients),
        "systems": named(systems),
        "stays-in": st.sampled_from(["EU", "EEA"]),
        "operations": some(OPERATIONS),
        "objections": st.fixed_dictionaries({"tell": sentences}),
        "reports": st.just("none"),
        "cookies": st.just("none"),
        "translations": st.lists(
            st.fixed_dictionaries({"nl": sentences, "fi": sentences}), min_size=1, max_size=2, unique_by=as_text
        ),
    },
)

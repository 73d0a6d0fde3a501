"""Sentences that people read, in their own language: a template with the register's own words in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wording:
    """One word or sentence in several languages, as the register or the catalogue writes it.

    by_language: language code (ISO 639-1) to text. first: the language that stands in when another is missing.
    """

    by_language: Mapping[str, str]
    first: str

    def read(self, language: str) -> str:
        return self.by_language.get(language) or self.by_language[self.first]

    def __str__(self) -> str:
        return self.read("en")


@dataclass(frozen=True)
class Sentence:
    """One sentence for a reader. `template` is English with {names} in it and is the key of its translations."""

    template: str
    args: Mapping[str, object] = field(default_factory=dict)

    def say(self, language: str, translate: Callable[[str], str] = str) -> str:
        """The sentence in one language. `translate` turns the English template into that language's."""
        read = {name: _read(value, language, translate) for name, value in self.args.items()}
        return translate(self.template).format(**read)

    def __str__(self) -> str:
        return self.say("en")


def sentence(template: str, /, **args: object) -> Sentence:
    """A sentence whose template is found by the translators' tool; arguments may be words, numbers or `Wording`s."""
    return Sentence(template, args)


def _read(value: object, language: str, translate: Callable[[str], str]) -> str:
    if isinstance(value, Wording):
        return value.read(language)
    if isinstance(value, Sentence):
        return value.say(language, translate)
    if isinstance(value, tuple | list):
        return ", ".join(_read(one, language, translate) for one in value)
    return str(value)

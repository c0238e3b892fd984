"""The words that attribution, persons and stance know, read once from the tables of reports/extraction/data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reports.extraction import tables


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun that can speak: "spokesman", "ministry", "sources", "newspaper".

    `kind` is what it is (office, staff, soldier, lawmaker, executive, source, outsider, people, body, company, agency,
    media, document); `speaks` is for whom: state, company (which speaks for the state it sits in), or none.
    """

    word: str
    kind: str
    speaks: str
    plural: bool


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A form of a verb of speech. `frame` says how it takes its content, `group` what it does."""

    lemma: str
    form: str
    frame: str
    group: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word tables of attribution."""

    nouns: Mapping[str, PersonNoun]
    titles: Mapping[str, str]
    verbs: Mapping[str, SpeechVerb]
    function: Mapping[str, str]
    media: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon as shipped. Raises KeyError or FileNotFoundError where a table is damaged."""
    nouns: dict[str, PersonNoun] = {}
    for row in tables.rows("person_nouns"):
        nouns[row["plural"]] = PersonNoun(row["word"], row["kind"], row["speaks"], row["plural"] != row["word"])
        nouns[row["word"]] = PersonNoun(row["word"], row["kind"], row["speaks"], row["word"] in ("people", "media"))
    verbs: dict[str, SpeechVerb] = {}
    for row in tables.rows("speech_verbs"):
        for form in row["forms"].split("|"):
            verbs.setdefault(form, SpeechVerb(row["lemma"], form, row["frame"], row["class"]))
    return Lexicon(
        nouns=nouns,
        titles={row["word"]: row["kind"] for row in tables.rows("person_titles")},
        verbs=verbs,
        function={row["word"]: row["kind"] for row in tables.rows("function_words")},
        media=frozenset(_bare(row["name"]) for row in tables.rows("media")),
    )


def _bare(name: str) -> str:
    low = name.lower()
    return low.removeprefix("the ")

"""The reader: a text in, its claims and statements out. Pure, bounded in time, and never raises on any text."""

from dataclasses import replace
from datetime import date

from reports.extraction import language as languages
from reports.extraction.attribution import find_statements
from reports.extraction.choosing import deals
from reports.extraction.claims import claims, link
from reports.extraction.config import ReaderConfig
from reports.extraction.impression import impression
from reports.extraction.mentions import Sentence
from reports.extraction.scene import survey
from reports.extraction.sentences import split
from reports.records import ReadingRecord, Span

VERSION = "1.0.0"
_LONGEST = 2_000


def reader_version(config: ReaderConfig) -> str:
    """The version of code, word tables, weights and catalogue that a reading was made by: "1.0.0+c0ffee12"."""
    return f"{VERSION}+{config.snapshot}"


def read(content: str, *, published: date | None, config: ReaderConfig, language: str = "") -> ReadingRecord:
    """Reads a canonical text (title, blank line, body).

    `published` resolves relative dates, and tells which office a person held; `language` (ISO 639-1) spares its
    recognition where it is known.
    """
    version = reader_version(config)
    language = language or languages.language_of(content)
    if language != "en":
        return ReadingRecord(version, language, set_aside=f"language: {language}")
    content = content[: config.max_characters].encode("utf-8", "replace").decode()  # lone surrogates become "?"
    if not config.gate.opens(content):
        return ReadingRecord(version, language)
    sentences = tuple(_bounded(sentence) for sentence in split(content)[: config.max_sentences])
    scene = survey(content, sentences, config.lexicon, config.roles, published)
    if not scene.items or not scene.codes:
        return ReadingRecord(version, language)
    seen = impression(scene, config.encoder, config.heads)
    picked = deals(scene, seen, config)
    if not picked:
        return ReadingRecord(version, language)
    spoken = find_statements(sentences, scene.parties, None, scene.weapons, seen)
    statements = link(scene, picked, spoken)
    found = claims(scene, seen, picked, statements, published, config)
    unresolved = tuple(sorted({mention.text for mention in scene.weapons if mention.unknown}))
    return ReadingRecord(version, language, found, statements, unresolved)


def _bounded(sentence: Sentence) -> Sentence:
    """A sentence of at most 2,000 characters: what is longer is no prose, and must not cost more than prose."""
    if len(sentence.text) <= _LONGEST:
        return sentence
    text = sentence.text[:_LONGEST]
    return replace(sentence, span=Span(sentence.span.start, sentence.span.start + _LONGEST), text=text)

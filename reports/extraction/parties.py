"""Party mentions: which of the names found stand for a party here."""

import re
from collections.abc import Sequence
from datetime import date

from reports.catalogue.periods import within
from reports.choices import NameKind
from reports.extraction.lexicon import Lexicon, PartyTarget
from reports.extraction.mentions import PartyMention, Sentence
from reports.extraction.names import Hit, Name
from reports.records import Span

# "MOSCOW, May 31 (Wire) - ", "New Delhi: ", "PARIS/BERLIN — ": where a report was written, no party's act.
_DATELINE = re.compile(
    r"""
    (?: [A-Z][\w.'’/ -]{2,40} (?:,\s[\w.' -]{2,30}){0,2} (?:,?\s\([^)]{2,30}\))?
        (?:,?\s\w{3,9}\.?\s\d{1,2})? (?:\s\([^)]{2,30}\))? \s?(?:--?|–|—)\s
      | [A-Z][\w.'’ -]{2,24}:\s )
    """,
    re.VERBOSE,
)
_OPPOSED = ("anti-", "pro-", "non-")


def dateline_end(sentence: Sentence) -> int:
    """Where the dateline of a sentence ends, as an offset into the text; the sentence's start if it has none."""
    if sentence.title:
        return sentence.span.start
    found = _DATELINE.match(sentence.text[:110])
    if not found:
        return sentence.span.start
    head = found.group()
    words = re.findall(r"[A-Za-z]+", head.split("(")[0].split(",")[0])
    shouted = bool(words) and words[0].isupper() and len(words[0]) > 2
    short = len(words) <= 3 and all(word[0].isupper() for word in words)
    if head.rstrip().endswith(":"):
        return sentence.span.start + found.end() if short and not shouted else sentence.span.start
    return (
        sentence.span.start + found.end() if shouted or ("," in head and short) or "(" in head else sentence.span.start
    )


def find_parties(
    content: str, hits: Sequence[Hit], sentences: Sequence[Sentence], lexicon: Lexicon, published: date | None = None
) -> tuple[PartyMention, ...]:
    """The parties named in the text, in order; one mention for each state that a joint maker stands for.

    A person who has spoken for several parties speaks for the one whose office was held on the day of publication.
    """
    found: list[PartyMention] = []
    for hit, sentence in place(hits, sentences):
        for name in _timely(hit.names, lexicon, published):
            targets = lexicon.parties.get(name.key)
            if targets is None or not _stands(content, hit, name):
                continue
            found += [_mention(hit, sentence, target) for target in targets]
            break
    return tuple(found)


def _timely(names: tuple[Name, ...], lexicon: Lexicon, published: date | None) -> Sequence[Name]:
    """The names of a hit; a person's past and future offices come last."""
    if published is None or len(names) == 1:
        return names
    day = published.isoformat()

    def out_of_office(name: Name) -> bool:
        terms = [term for target in lexicon.parties.get(name.key, ()) for term in target.terms]
        return bool(terms) and not any(within(day, start, end) for start, end in terms)

    return sorted(names, key=out_of_office)


def place(hits: Sequence[Hit], sentences: Sequence[Sentence]) -> list[tuple[Hit, Sentence]]:
    """Each hit with the sentence that it stands in; hits across two sentences are left out."""
    placed: list[tuple[Hit, Sentence]] = []
    at = 0
    for hit in hits:
        while at < len(sentences) and sentences[at].span.end <= hit.start:
            at += 1
        if at == len(sentences):
            break
        if sentences[at].span.start <= hit.start and hit.end <= sentences[at].span.end:
            placed.append((hit, sentences[at]))
    return placed


def _mention(hit: Hit, sentence: Sentence, target: PartyTarget) -> PartyMention:
    return PartyMention(
        Span(hit.start, hit.end), sentence.index, target.party, target.form, target.organisation, target.person
    )


def _stands(content: str, hit: Hit, name: Name) -> bool:
    before = content[max(0, hit.start - 16) : hit.start]
    if before.lower().endswith(_OPPOSED) or content.startswith("-class", hit.end):
        return False
    found = content[hit.start : hit.end]
    letters = [char for char in found if char.isalpha()]
    if len(letters) <= 3 and name.text.isupper() and not found.isupper() and "." not in found:
        return False  # "us", "Us"
    if not name.context:
        return True
    after = content[hit.end : hit.end + 16]
    if re.search(r"(?:[A-Z][a-z]+|[A-Z]\.)\s$", before) and not re.search(r"(?:^|[.!?\"“]\s)[A-Z][a-z]+\s$", before):
        return False  # a given name before it: "Michael Jordan"
    return not re.match(r"\s[A-Z][a-z]+(?:\s(?:said|says|told)|,)", after) or name.key.endswith(NameKind.DEMONYM)

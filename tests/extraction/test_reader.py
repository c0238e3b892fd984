"""The reader as a whole: what it reads, what it leaves alone, and that no text makes it fail."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.choices import DateOf
from reports.extraction.config import ReaderConfig
from reports.extraction.output import as_dict
from reports.extraction.reader import read, reader_version


def body(*sentences: str) -> str:
    return "News of the day\n\n" + " ".join(sentences)


@pytest.mark.parametrize(
    ("text", "supplier", "recipient", "family"),
    [
        (
            "Poland has ordered 180 K2 tanks from South Korea, the defence ministry in Warsaw said.",
            "KR",
            "PL",
            "K2 Black Panther",
        ),
        ("France will sell 30 Rafale fighters to Egypt under a contract signed on Monday.", "FR", "EG", "Rafale"),
        ("Germany delivered two Patriot batteries to Ukraine last week.", "DE", "UA", "MIM-104 Patriot"),
        ("The United States approved the sale of 66 F-16 jets to Taiwan.", "US", "TW", "F-16"),
        ("Russian S-400 systems were handed over to India on Friday.", "RU", "IN", "S-400"),
    ],
)
def test_plain_sentences_give_their_deal(
    config: ReaderConfig, text: str, supplier: str, recipient: str, family: str
) -> None:
    (claim,) = read(body(text), published=date(2022, 7, 28), config=config).deals
    assert claim.supplier and claim.recipient
    assert (claim.supplier.code, claim.recipient.code) == (supplier, recipient)
    assert claim.weapon.family == family or claim.weapon.designation == family


@pytest.mark.parametrize(
    "text",
    [
        "The Toronto Raptors beat the Boston Celtics on Tuesday.",
        "Typhoon Haiyan made landfall in the Philippines with winds of 300 km/h.",
        "The museum in Duxford has restored a Spitfire for visitors.",
        "Parliament passed the budget after a long debate.",
        "",
        "   \n\n  ",
    ],
)
def test_other_news_gives_nothing(config: ReaderConfig, text: str) -> None:
    reading = read(body(text), published=None, config=config)
    assert (reading.relevant, reading.claims, reading.statements) == (False, (), ())


def test_other_languages_are_set_aside_with_the_reason(config: ReaderConfig) -> None:
    text = "Frankreich verkauft Ägypten dreißig Kampfflugzeuge vom Typ Rafale, teilte das Ministerium am Montag mit."
    reading = read(text, published=None, config=config)
    assert (reading.language, reading.set_aside, reading.claims) == ("de", "language: de", ())


def test_spans_lie_inside_the_text_and_deals_are_numbered(config: ReaderConfig) -> None:
    text = body("France will sell 30 Rafale fighters to Egypt, a French official said.", "Egypt ordered frigates too.")
    reading = read(text, published=None, config=config)
    assert [claim.deal for claim in reading.deals] == list(range(len(reading.deals)))
    for span in [span for claim in reading.claims for span in claim.evidence]:
        assert 0 <= span.start < span.end <= len(text)


def test_output_has_the_documented_keys(config: ReaderConfig) -> None:
    text = body("France will sell 30 Rafale fighters to Egypt for 3.75 billion euros.")
    reading = read(text, published=None, config=config)
    found = as_dict(reading, "a.txt", text)
    assert list(found)[:6] == ["source", "relevant", "language", "reader", "deals", "statements"]
    assert found["reader"] == reader_version(config)
    deal = found["deals"][0]
    assert deal["quantity"] == {"min": 30, "max": 30, "approximate": False, "unit": "piece", "of": "ordered"}
    assert (deal["value"]["amount"], deal["value"]["currency"]) == (3_750_000_000, "EUR")
    assert deal["evidence"][0]["text"] in text


WORDS = st.sampled_from(
    [
        "Russia",
        "sold",
        "France",
        "missile",
        "missiles",
        "T-72",
        "and",
        "12",
        ",",
        ".",
        "'",
        '"',
        "(",
        ")",
        "\n",
        "to",
        "from",
        "\x00",
        "�",
        "—",
        "said",
        "“",
        "”",
        "$1bn",
        "No.",
        "the",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=120).map(" ".join)))
def test_no_text_makes_it_fail(config: ReaderConfig, text: str) -> None:
    reading = read(text, published=None, config=config, language="en")
    assert all(claim.evidence for claim in reading.claims)


@pytest.mark.parametrize(
    "unit", ["(", "missile sold to Poland ", "missile", "Poland and ", '"tank" sold 1,111 ', "AB-123 "]
)
def test_long_and_strange_texts_are_read_within_the_bounds(config: ReaderConfig, unit: str) -> None:
    text = "Missile sold\n\n" + unit * (1_000_000 // len(unit))
    assert read(text, published=None, config=config, language="en").language == "en"


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Poland signed a contract for 180 K2 tanks with South Korea on 27 July 2022.", DateOf.ORDER),
        ("Poland has ordered 180 K2 tanks from South Korea, the minister said on Friday.", DateOf.EVENT),
        ("Poland wants to order 180 K2 tanks from South Korea in May; talks on a contract go on.", DateOf.EVENT),
    ],
)
def test_a_date_of_order_is_the_day_of_the_deed(config: ReaderConfig, text: str, of: DateOf) -> None:
    (claim,) = read(body(text), published=date(2022, 7, 29), config=config).deals
    assert [when.of for when in claim.dates] == [of]

"""Copies and light rewrites are one story, whatever the order in which they come."""

import itertools
import threading
from datetime import date

import pytest
from django.db import connection

from reports.models import Deal, Story, Text
from reports.services.reading import read_text
from reports.services.stories import leave_stories
from tests.services.newsroom import NOW, furnish, read_as, report, resolve, said, store, told

WIRE = (
    "MOSCOW - Russia has signed a contract with Syria for twelve MiG-29 fighter jets, its export agency said Friday. "
    "Deliveries are to begin next year and to end two years later. The agency gave no price. Analysts in Moscow put it "
    "at five hundred million dollars, with spare parts and the training of pilots and ground crews included."
)
COPY = WIRE.replace("MOSCOW - ", "MOSCOW (Wire) - ")
REWRITE = WIRE.replace("Analysts in Moscow put it", "Analysts estimated it").replace("said Friday", "said on Friday")
CUT = WIRE[: WIRE.index(" Analysts")]
OTHER = (
    "DAMASCUS - Syria's air force expects new fighters from Moscow, a newspaper wrote on Sunday. It named neither a "
    "number nor a price, and quoted an officer who said that the pilots had already been chosen and were leaving."
)
TEXTS = {"wire": WIRE, "copy": COPY, "rewrite": REWRITE, "cut": CUT, "other": OTHER}
DAYS = {"wire": date(2013, 5, 1), "copy": date(2013, 5, 1), "rewrite": date(2013, 5, 2), "cut": date(2013, 5, 2)}


def tell(name: str) -> Text:
    return report(f"Jets, told by {name}", TEXTS[name], "MiG-29", day=DAYS.get(name, date(2013, 5, 3))).text


@pytest.mark.parametrize("order", list(itertools.permutations(("wire", "rewrite", "cut", "other")))[::5])
def test_the_order_of_arrival_changes_no_story(world: None, order: tuple[str, ...]) -> None:
    pks = {name: tell(name).pk for name in order}
    stories = {name: Text.objects.get(pk=pk).story_id for name, pk in pks.items()}
    assert stories["wire"] == stories["rewrite"] == stories["cut"] != stories["other"]
    assert set(Story.objects.values_list("root", flat=True)) == {pks["wire"], pks["other"]}


def test_a_text_that_joins_two_stories_makes_them_one(world: None) -> None:
    words = WIRE.split()
    first, second = " ".join(words[: len(words) * 6 // 10]), " ".join(words[len(words) * 4 // 10 :])
    report("First half", first, "MiG-29", day=date(2013, 5, 2))
    report("Second half", second, "MiG-29", day=date(2013, 5, 3))
    assert Story.objects.count() == 2
    report("Whole", WIRE, "MiG-29", day=date(2013, 5, 1))
    assert Story.objects.get().root.title == "Whole"


def test_copies_are_one_origin_and_speakers_origins_of_their_own(world: None) -> None:
    for name in ("wire", "copy", "rewrite"):
        tell(name)
    text = store("Told by other", OTHER).article.text
    voice = told("MiG-29", of=text.content, on="new fighters")
    officer = told("MiG-29", of=text.content, on="an officer", statement=0)
    read_as(text, [voice, officer], [said("officer", of=text.content, on="quoted an officer")])
    store("Jets, told by wire", WIRE, locator="elsewhere.txt")
    resolve()
    deal = Deal.objects.get()
    assert (deal.articles_count, deal.texts_count, deal.origins_count) == (5, 4, 3)


def test_a_text_without_claims_needs_no_story(world: None) -> None:
    text = store(
        "The weather", "It was fine in Moscow, and no arms were sold to anyone at all on that day."
    ).article.text
    read_text(text_id=text.pk, now=NOW)
    assert not Story.objects.exists()


def test_brief_bodies_are_told_apart_by_their_titles(world: None) -> None:
    report("Moscow sells MiG-29 jets", "Read more", "MiG-29")
    report("Warsaw buys missiles", "Read more", "S-300")
    assert Story.objects.count() == 2


def test_a_story_that_loses_its_root_has_its_next_text_for_one(world: None) -> None:
    pks = [tell(name).pk for name in ("wire", "rewrite", "cut")]
    assert sorted(leave_stories(texts=[pks[0]])) == pks[1:]
    assert Story.objects.get().root_id == pks[1]


@pytest.mark.django_db(transaction=True)
def test_copies_that_are_stored_at_the_same_time_find_each_other() -> None:
    furnish()
    texts = [store(f"Jets, told by {n}", f"{WIRE} {n}", locator=f"{n}.txt").article.text for n in range(4)]
    gate = threading.Barrier(len(texts))
    problems: list[BaseException] = []

    def work(text: Text) -> None:
        try:
            gate.wait(10)
            read_as(text, [told("MiG-29", of=text.content, on="twelve MiG-29")])
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert Story.objects.count() == 1

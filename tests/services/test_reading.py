"""Texts are read once, by one worker, and each reading replaces the last as a whole."""

from datetime import date, timedelta
from typing import Any

import pytest

from reports.choices import Cause, Stance, WorkState
from reports.models import Change, Claim, ClaimDate, ClaimSpan, DirtyBlock, Reading, Speaker, Statement, Text, Work
from reports.services import reading
from reports.services.catalogue import current_catalogue
from reports.services.reading import LEASE, MOST_ATTEMPTS, current_reader, read_text
from tests.services.newsroom import NOW, deals, read_as, resolve, said, store, told

TITLE = "Moscow to deliver S-300 missiles to Damascus"
BODY = "Russia will deliver six S-300 air defence systems to Syria this year, Rosoboronexport said on Friday."
FRENCH = (
    "La Russie livrera des missiles à la Syrie. Le ministre des affaires étrangères a déclaré vendredi que le contrat "
    "signé il y a trois ans serait honoré par les deux pays, malgré les protestations de plusieurs gouvernements."
)


@pytest.fixture
def text(world: None) -> Text:
    return store(TITLE, BODY).article.text


def work_of(text: Text) -> Work:
    return Work.objects.get(text=text)


class TestLease:
    def test_a_waiting_text_is_read_once(self, text: Text) -> None:
        first = read_text(text_id=text.pk, now=NOW)
        assert first is not None
        assert first.state == WorkState.READ
        assert first.claims > 0
        assert read_text(text_id=text.pk, now=NOW) is None
        assert Reading.objects.count() == 1

    @pytest.mark.parametrize(
        ("passed", "holder", "taken"),
        [
            (timedelta(0), "task 2", False),
            (LEASE - timedelta(seconds=1), "task 2", False),
            (LEASE + timedelta(seconds=1), "task 2", True),
            (timedelta(0), "task 1", True),
            (timedelta(0), "", False),
        ],
        ids=["held", "nearly over", "ran out", "by the same task, tried again", "nobody's name takes nobody's lease"],
    )
    def test_a_lease_is_respected_until_it_runs_out(
        self, text: Text, passed: timedelta, holder: str, taken: bool
    ) -> None:
        Work.objects.update(state=WorkState.LEASED, lease_until=NOW + LEASE, reason="task 1", attempts=1)
        assert (read_text(text_id=text.pk, now=NOW + passed, holder=holder) is not None) is taken
        assert work_of(text).state == (WorkState.READ if taken else WorkState.LEASED)

    def test_a_text_that_ends_each_worker_is_given_up(self, text: Text) -> None:
        Work.objects.update(state=WorkState.LEASED, lease_until=NOW - LEASE, attempts=MOST_ATTEMPTS)
        read = read_text(text_id=text.pk, now=NOW)
        assert read is not None
        assert read.state == WorkState.FAILED
        assert "given up after 5 attempts" in work_of(text).reason

    def test_a_text_that_is_gone_is_a_quiet_end(self, text: Text) -> None:
        assert read_text(text_id=text.pk + 1000, now=NOW) is None


class TestOutcome:
    def test_news_without_a_deal_costs_few_queries(self, world: None, django_assert_max_num_queries: Any) -> None:
        text = store("A library opens", "The mayor opened the new library on Monday. Children read aloud.").article.text
        config = current_reader()
        with django_assert_max_num_queries(9):  # two of them the savepoint of this test
            read_text(text_id=text.pk, now=NOW, config=config)

    def test_a_failure_of_the_reader_is_kept_with_its_reason(self, text: Text, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: Any, **__: Any) -> None:
            raise RecursionError("too deep")

        monkeypatch.setattr(reading, "read", broken)
        read = read_text(text_id=text.pk, now=NOW)
        assert read is not None
        assert (work_of(text).state, work_of(text).reason) == (WorkState.FAILED, "RecursionError: too deep")
        assert not Reading.objects.exists()

    def test_a_text_in_another_language_is_set_aside_with_its_reason(self, world: None) -> None:
        text = store("La Russie livrera des missiles à la Syrie", FRENCH).article.text
        read = read_text(text_id=text.pk, now=NOW)
        assert read is not None
        assert work_of(text).state == WorkState.SET_ASIDE
        assert "fr" in work_of(text).reason
        assert Reading.objects.get().language == "fr"
        assert not Claim.objects.exists()

    def test_a_text_taken_down_is_not_read(self, text: Text) -> None:
        Text.objects.update(redacted_at=NOW)
        read_text(text_id=text.pk, now=NOW)
        assert (work_of(text).state, work_of(text).reason) == (WorkState.SET_ASIDE, "taken down")

    def test_a_text_taken_down_while_it_is_read_keeps_nothing(self, text: Text) -> None:
        stale = [told("S-300", of=text.content, on="six S-300")]
        Text.objects.update(redacted_at=NOW)
        read_as(text, stale)
        assert not Claim.objects.exists()

    def test_the_reader_has_the_day_of_the_first_article(self, text: Text) -> None:
        store(TITLE, BODY, locator="earlier.txt", day=date(2011, 2, 3))
        read_text(text_id=text.pk, now=NOW)
        years = set(ClaimDate.objects.values_list("end__year", flat=True))
        assert years <= {2011}


class TestSecondReading:
    def test_it_replaces_the_first_as_a_whole(self, text: Text) -> None:
        content = text.content
        read_as(text, [told("S-300", of=content, on=TITLE), told("MiG-29", of=content, on=BODY, deal=1)])
        read_as(text, [told("S-300", of=content, on="six S-300")], reader="reader 2")
        assert [(item.weapon_text, item.group) for item in Claim.objects.all()] == [("S-300", 0)]
        assert ClaimSpan.objects.get().start == content.index("six S-300")
        assert list(Reading.objects.order_by("pk").values_list("reader", "current")) == [
            ("reader 1", False),
            ("reader 2", True),
        ]

    def test_blocks_of_what_went_and_of_what_came_are_dirty(self, text: Text) -> None:
        read_as(text, [told("MiG-29", of=text.content, on=TITLE)])
        resolve()
        read_as(text, [told("S-300", of=text.content, on=TITLE)], reader="reader 2")
        assert set(DirtyBlock.objects.values_list("block", "cause")) == {
            ("RU>SY:aircraft", Cause.READER_UPGRADE),
            ("RU>SY:air_defence", Cause.READER_UPGRADE),
        }

    def test_a_statement_keeps_its_id(self, text: Text) -> None:
        statement = said("Rosoboronexport", of=text.content, on=BODY)
        read_as(text, [], [statement])
        first = Statement.objects.get().public_id
        read_as(text, [], [statement], reader="reader 2")
        assert Statement.objects.get().public_id == first
        assert Speaker.objects.count() == 1

    def test_one_speaker_and_sentence_twice_is_one_statement(self, text: Text) -> None:
        statement = said("Rosoboronexport", of=text.content, on=BODY)
        again = said("Rosoboronexport", of=text.content, on=BODY, stance=Stance.CONFIRMS)
        read_as(text, [], [statement, again])
        assert Statement.objects.get().stance == Stance.ANNOUNCES

    def test_the_same_reading_again_changes_no_deal_and_logs_nothing(self, text: Text) -> None:
        claims = [told("S-300", of=text.content, on=TITLE), told("MiG-29", of=text.content, on=BODY, deal=1)]
        read_as(text, claims)
        resolve()
        before, logged = deals(), Change.objects.count()
        read_as(text, claims)
        resolve()
        assert deals() == before
        assert Change.objects.count() == logged

    def test_what_fails_half_way_leaves_the_first_reading_whole(self, text: Text) -> None:
        read_as(text, [told("S-300", of=text.content, on=TITLE)])
        broken = [
            told("S-300", of=text.content, on=TITLE),
            told("MiG-29", of=text.content, on=BODY, deal=1, recipient="nowhere"),
        ]
        with pytest.raises(LookupError, match="nowhere"):
            read_as(text, broken, reader="reader 2")
        assert Claim.objects.get().weapon_text == "S-300"
        assert Reading.objects.get().current


class TestReader:
    def test_it_is_set_up_once_a_snapshot(self, world: None) -> None:
        assert current_reader() is current_reader()

    def test_what_an_analyst_adds_or_edits_makes_a_new_snapshot(self, world: None) -> None:
        from reports.choices import NameKind, Origin
        from reports.models import Party, PartyName

        plain = current_catalogue().snapshot
        name = PartyName.objects.create(
            party=Party.objects.get(code="SY"), name="Levantia", kind=NameKind.ALIAS, origin=Origin.ANALYST
        )
        added = current_catalogue().snapshot
        name.name = "Levantine Republic"
        name.save()
        assert len({plain, added, current_catalogue().snapshot}) == 3

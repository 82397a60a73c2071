"""A round's life in the database: planned, opened, closed, moved, skipped, each once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rituals.people.rules import Absence
from rituals.people.store import ChannelRow, PeopleStore
from rituals.standup import usecases
from rituals.standup.rules import BadTime, NoSuchRound, Participant
from rituals.standup.settings import Standup
from rituals.standup.store import ParticipantStore
from rituals.tables import Tx
from tests.rituals.standup.group import (
    AROHA,
    AWAY,
    BOARD,
    CALENDAR,
    FIXED,
    GUEST,
    KAVYA,
    MARTA,
    NOA,
    RUI,
    SYNC,
    WEEKLY,
    ZONES,
    Group,
    row,
    utc,
)


def test_an_occurrence_begins_one_round_however_often_it_is_planned(group: Group) -> None:
    first = group.plan()
    assert first is not None
    assert first.round.id == "weekly.2026-11-23T09:00"
    assert group.plan() is None
    assert [each.id for each in group.do(usecases.open_rounds)] == [first.round.id]


def test_a_round_comes_back_as_it_was_planned(group: Group) -> None:
    planned = group.plan()
    assert planned is not None
    assert group.do(usecases.get_round, group.round) == planned.round
    with pytest.raises(NoSuchRound):
        group.do(usecases.get_round, "weekly.never")


def test_bots_and_guests_take_no_part_and_the_audience_is_the_union_of_what_is_named(group: Group) -> None:
    audience = replace(FIXED.audience, channel=False, functions=("sales",), people=(AROHA, GUEST))
    group.standup = replace(FIXED, audience=audience)
    group.plan()
    group.it_is("2026-11-23 09:00")
    assert group.prompts().keys() == {NOA, AROHA}


def test_everybody_gets_one_prompt_at_her_own_time(group: Group) -> None:
    group.standup = WEEKLY
    group.plan()
    asked: Counter[str] = Counter()
    seen = {}
    for hour in range(0, 27):
        group.now = utc("2026-11-22 18:00") + timedelta(hours=hour)
        for user in group.prompts():
            asked[user] += 1
            seen[user] = group.now
    assert asked == dict.fromkeys(ZONES, 1)
    assert seen[AROHA] == utc("2026-11-22 20:00")
    assert seen[NOA] == utc("2026-11-23 14:00")


def test_prompts_come_in_chunks_and_none_twice(group: Group) -> None:
    group.plan()
    group.it_is("2026-11-23 09:00")
    first = group.do(usecases.take_prompts, group.round, CALENDAR, AWAY, group.now, 2)
    assert (len(first.prompts), first.more) == (2, True)
    rest = group.prompts(limit=2)
    assert {each.participant.user for each in first.prompts}.isdisjoint(rest)
    assert len(rest) == 3
    assert group.prompts() == {}


def test_a_prompt_brings_her_last_answers_her_open_blockers_and_who_will_read(group: Group) -> None:
    group.monday_morning()
    group.submit(RUI, {"moved": "the release", "stops": "price list", "waiting": "sales"})
    group.it_is("2026-11-23 18:00")
    group.close()
    group.plan("2026-11-30T09:00")
    group.it_is("2026-11-30 09:00")
    prompt = group.prompts()[RUI]
    assert prompt.last is not None
    assert prompt.last.values["moved"] == "the release"
    assert [each.key for each in prompt.last_questions] == ["moved", "stops", "waiting", "mood", "ship"]
    assert [each.text for each in prompt.blockers] == ["price list"]
    assert (prompt.readers.channel, prompt.readers.private, prompt.readers.people) == (SYNC, False, 6)
    assert (prompt.readers.owner, prompt.name) == (MARTA, "Rui")


def test_only_the_first_prompt_ever_is_the_first(group: Group) -> None:
    group.plan()
    group.it_is("2026-11-22 20:00")
    group.submit(KAVYA, "early")
    group.it_is("2026-11-23 09:00")
    assert group.prompts()[RUI].first_ever
    group.plan("2026-11-30T09:00")
    group.it_is("2026-11-30 09:00")
    second = group.prompts()
    assert not second[RUI].first_ever
    assert second[KAVYA].first_ever, "her answer came before she was ever asked"


def test_who_answered_early_is_asked_nothing(group: Group) -> None:
    group.plan()
    group.it_is("2026-11-22 20:00")
    early = group.submit(RUI, "done on Friday")
    assert early.entry.answer.early
    assert not early.show
    group.it_is("2026-11-23 09:00")
    assert RUI not in group.prompts()
    opened = group.open()
    assert opened is not None
    assert [(each.user, each.answer.early) for each in opened.early] == [(RUI, True)]
    assert (opened.board.answered, opened.board.expected, opened.board.waiting_for) == (1, 5, 4)


def test_a_thread_opens_once_and_not_before_its_time(group: Group) -> None:
    group.plan()
    assert group.open() is None
    group.it_is("2026-11-23 09:00")
    assert group.open() is not None
    assert group.open() is None


def test_an_answer_that_is_shown_at_the_close_stays_out_of_the_thread(group: Group) -> None:
    group.standup = replace(FIXED, shows="at the close")
    group.plan()
    group.it_is("2026-11-22 20:00")
    group.submit(RUI, "early")
    group.it_is("2026-11-23 09:00")
    opened = group.open()
    assert opened is not None
    assert opened.early == ()
    assert not group.submit(NOA, "on time").show


def test_absent_people_are_away_and_not_missing(group: Group) -> None:
    group.people(PeopleStore.add_absence, RUI, Absence(date(2026, 11, 20), date(2026, 11, 27)))
    group.people(PeopleStore.save_member, row(NOA, "America/New_York", status_emoji="palm_tree"), group.now)
    group.people(PeopleStore.pause, KAVYA, group.now)
    group.plan()
    group.it_is("2026-11-23 09:00")
    assert group.prompts().keys() == {MARTA, AROHA}
    opened = group.open()
    assert opened is not None
    assert opened.board.away == ((KAVYA, "paused"), (NOA, "away by status"), (RUI, "away until 27 Nov"))
    assert opened.board.expected == 2
    group.it_is("2026-11-23 18:00")
    assert group.close().digest.missing_for_owner == (AROHA, MARTA)


def test_an_absence_that_ends_before_her_time_is_forgotten(group: Group) -> None:
    group.people(PeopleStore.pause, RUI, group.now)
    group.plan()
    group.people(PeopleStore.resume, RUI)
    group.it_is("2026-11-23 09:00")
    assert RUI in group.prompts()


def test_an_away_person_who_answers_all_the_same_is_welcome(group: Group) -> None:
    group.people(PeopleStore.pause, RUI, group.now)
    group.monday_morning()
    group.submit(RUI, "from the beach")
    board = group.board()
    assert (board.expected, board.answered, board.optional_answered, board.away) == (4, 0, 1, ())


def test_a_round_closes_once_when_its_time_has_come(group: Group) -> None:
    group.monday_morning()
    assert group.close() is None
    group.it_is("2026-11-23 18:00")
    assert group.close() is not None
    assert group.close() is None
    assert group.do(usecases.open_rounds) == []


def test_a_round_whose_thread_never_opened_closes_as_well(group: Group) -> None:
    group.plan()
    group.it_is("2026-11-24 08:00")
    closed = group.close()
    assert closed.digest.counts.expected == 0
    assert closed.digest.missing_for_owner == ()
    assert {why for _, why in closed.digest.away} == {"was not asked in time"}
    assert group.open() is None
    assert group.prompts() == {}


def test_whose_time_is_over_is_asked_nothing_however_late_the_others_are(group: Group) -> None:
    """Nobody asked for half a day: in Auckland it is nine in the evening by then, and her window has ended."""
    group.standup = WEEKLY
    group.plan()
    group.it_is("2026-11-23 08:00")
    assert group.prompts().keys() == {KAVYA}
    group.it_is("2026-11-23 09:00")
    group.prompts()
    group.open()
    assert dict(group.board().away) == {AROHA: "was not asked in time"}


def test_a_round_started_now_runs_beside_the_planned_one(group: Group) -> None:
    group.plan()
    group.it_is("2026-11-20 14:05")
    started = group.do(usecases.start_now, FIXED, CALENDAR, AWAY, group.now)
    assert started is not None
    assert started.round.wall == "2026-11-20T14:05"
    assert (started.moments.thread_at, started.moments.closes_at) == (group.now, utc("2026-11-20 23:05"))
    assert group.do(usecases.start_now, FIXED, CALENDAR, AWAY, group.now) is None
    group.round = started.round.id
    # In Auckland it is Saturday.
    assert group.prompts().keys() == ZONES.keys() - {AROHA}
    assert len(group.do(usecases.open_rounds)) == 2
    moments = group.replan(FIXED)
    assert moments is not None
    assert moments.thread_at == group.now


def test_a_change_of_settings_moves_a_planned_round_wholly(group: Group) -> None:
    group.plan()
    later = replace(FIXED, title="New", window=timedelta(hours=4), questions=FIXED.questions[:1])
    moments = group.replan(later, wall="2026-11-23T11:00")
    assert moments is not None
    assert (moments.thread_at, moments.closes_at) == (utc("2026-11-23 11:00"), utc("2026-11-23 15:00"))
    assert moments.prompts == (utc("2026-11-23 11:00"),)
    round_ = group.do(usecases.get_round, group.round)
    assert (round_.id, round_.wall, round_.standup) == ("weekly.2026-11-23T09:00", "2026-11-23T11:00", later)
    group.standup = later
    assert group.plan("2026-11-23T11:00") is None


def test_an_open_round_keeps_its_questions_and_its_close(group: Group) -> None:
    group.monday_morning()
    before = group.do(usecases.get_round, group.round)
    moments = group.replan(replace(FIXED, questions=(), window=timedelta(hours=1)))
    assert moments is not None
    assert (moments.thread_at, moments.closes_at) == (None, utc("2026-11-23 18:00"))
    assert group.do(usecases.get_round, group.round) == before


def test_a_removed_stand_up_is_skipped_while_planned_and_ends_when_open(group: Group) -> None:
    group.plan()
    assert group.replan(None) is None
    assert group.do(usecases.get_round, group.round).state == "skipped"
    group.plan("2026-11-30T09:00")
    group.it_is("2026-11-30 09:00")
    group.open()
    moments = group.replan(None)
    assert moments is not None
    assert moments.closes_at == utc("2026-11-30 18:00")


@pytest.mark.parametrize(
    "without", [None, replace(FIXED, skip_dates=frozenset({"2026-11-23"}))], ids=["removed", "on a date to skip"]
)
def test_what_the_configuration_called_off_takes_place_when_it_is_put_right_in_time(
    group: Group, without: Standup | None
) -> None:
    group.plan()
    assert group.replan(without) is None
    assert group.do(usecases.rounds_to_follow, group.now) == [group.do(usecases.get_round, group.round)]
    moments = group.replan(FIXED)
    assert moments is not None
    assert (moments.thread_at, moments.prompts) == (utc("2026-11-23 09:00"), (utc("2026-11-23 09:00"),))
    found = group.do(usecases.get_round, group.round)
    assert (found.state, found.reason, found.closed_at) == ("planned", None, None)
    group.it_is("2026-11-23 09:00")
    assert group.prompts().keys() == ZONES.keys()


def test_a_date_that_was_to_be_skipped_before_it_was_planned_takes_place_all_the_same(group: Group) -> None:
    group.standup = replace(FIXED, skip_dates=frozenset({"2026-11-23"}))
    group.plan()
    assert group.replan(FIXED) is not None
    group.it_is("2026-11-23 09:00")
    assert group.prompts().keys() == ZONES.keys()


def test_people_who_come_and_go_are_followed_unless_they_were_asked_or_have_answered(group: Group) -> None:
    group.standup = WEEKLY
    group.plan()
    group.it_is("2026-11-22 23:00")
    group.prompts()
    group.submit(KAVYA, "early")
    group.people(PeopleStore.leave, SYNC, AROHA, KAVYA, MARTA)
    group.people(PeopleStore.save_member, row("UNEW", "Asia/Tokyo"), group.now)
    group.people(PeopleStore.join, SYNC, "UNEW")
    group.people(PeopleStore.save_member, row(NOA, "America/Los_Angeles"), group.now)
    moments = group.replan(WEEKLY)
    assert moments is not None
    assert utc("2026-11-23 17:00") in moments.prompts
    asked = {AROHA}
    for hour in range(0, 24):
        group.now = utc("2026-11-23 00:00") + timedelta(hours=hour)
        asked |= group.prompts().keys()
    assert asked == {AROHA, RUI, NOA, "UNEW"}
    assert group.answers().keys() == {KAVYA}


def test_who_comes_back_while_the_round_runs_is_asked_then(group: Group) -> None:
    group.people(PeopleStore.pause, RUI, group.now)
    group.monday_morning()
    group.people(PeopleStore.resume, RUI)
    group.it_is("2026-11-23 11:00")
    assert group.prompts() == {}
    moments = group.replan(FIXED)
    assert moments is not None
    assert moments.prompts == (utc("2026-11-23 09:00"),)
    assert group.prompts().keys() == {RUI}


BEHIND_HER_BACK: dict[str, Callable[[Group], object]] = {
    "nothing": lambda group: None,
    "away": lambda group: group.people(PeopleStore.add_absence, NOA, Absence(date(2026, 11, 20), date(2026, 11, 27))),
    "paused": lambda group: group.people(PeopleStore.pause, NOA, group.now),
    "back": lambda group: group.people(PeopleStore.resume, RUI),
    "another time": lambda group: group.do(usecases.another_time, NOA, "weekly", "10:30", group.now),
    "optional": lambda group: group.do(usecases.make_optional, NOA, "weekly", True, group.now),
    "left": lambda group: group.people(PeopleStore.leave, SYNC, NOA, MARTA),
    "closed account": lambda group: group.people(
        PeopleStore.save_member, row(NOA, "America/New_York", deactivated=True), group.now
    ),
}


@pytest.mark.parametrize("moment", ["2026-11-20 12:00", "2026-11-23 11:00", "2026-11-23 15:00"])
@pytest.mark.parametrize("what", BEHIND_HER_BACK)
def test_what_changes_for_one_person_is_followed_as_if_everybody_were_looked_at(
    group: Group, what: str, moment: str
) -> None:
    def everybody(tx: Tx) -> dict[str, Participant]:
        return ParticipantStore(tx, group.team).of_round(group.round)

    group.standup = WEEKLY
    group.people(PeopleStore.pause, RUI, group.now)
    group.plan()
    group.it_is(moment)
    group.prompts()
    group.open()
    BEHIND_HER_BACK[what](group)
    people = (NOA, RUI, MARTA)
    alone = [group.do(usecases.replan_person, group.round, each, WEEKLY, CALENDAR, AWAY, group.now) for each in people]
    before = group.database.read_now(everybody)
    moments = group.replan(WEEKLY)
    assert group.database.read_now(everybody) == before
    assert moments is not None
    found = [each for each in alone if each is not None]
    assert {at for each in found for at in each.prompts} <= set(moments.prompts)
    assert {at for each in found for at in each.reminders} <= set(moments.reminders)
    assert all(each.thread_at is None and each.closes_at is None for each in found)


def test_who_takes_no_part_in_a_round_changes_nothing_in_it(group: Group) -> None:
    group.plan()
    for user in (GUEST, "UNKNOWN"):
        assert group.do(usecases.replan_person, group.round, user, FIXED, CALENDAR, AWAY, group.now) is None


def test_somebody_who_joins_after_her_window_is_not_asked(group: Group) -> None:
    group.standup = WEEKLY
    group.plan()
    group.it_is("2026-11-23 09:00")
    group.open()
    group.people(PeopleStore.save_member, row("UNEW", "Pacific/Auckland"), group.now)
    group.people(PeopleStore.join, SYNC, "UNEW")
    group.replan(WEEKLY)
    assert "UNEW" not in group.prompts()


def test_a_person_may_be_asked_at_another_time_and_be_made_optional(group: Group) -> None:
    group.do(usecases.another_time, RUI, "weekly", "10:30", group.now)
    group.do(usecases.make_optional, NOA, "weekly", True, group.now)
    group.plan()
    group.it_is("2026-11-23 09:00")
    assert RUI not in group.prompts()
    opened = group.open()
    assert opened is not None
    assert opened.board.expected == 4
    group.it_is("2026-11-23 10:30")
    assert group.prompts().keys() == {RUI}
    group.do(usecases.make_optional, RUI, "weekly", True, group.now)
    assert group.board().expected == 3
    group.do(usecases.make_optional, RUI, "weekly", False, group.now)
    assert group.board().expected == 4
    assert group.do(usecases.preference, RUI, "weekly").at == "10:30"


@pytest.mark.parametrize("written", ["25:00", "noon", ""])
def test_a_time_that_is_none_is_refused(group: Group, written: str) -> None:
    with pytest.raises(BadTime):
        group.do(usecases.another_time, RUI, "weekly", written, group.now)


def test_a_private_channels_readers_are_told_as_private(group: Group) -> None:
    group.standup = replace(FIXED, channel=BOARD)
    group.plan()
    group.it_is("2026-11-23 09:00")
    readers = group.prompts()[RUI].readers
    assert (readers.private, readers.people) == (True, 2)


def test_a_channel_that_another_company_reads_too_is_told_as_shared(group: Group) -> None:
    group.people(PeopleStore.save_channel, ChannelRow(SYNC, "product-sync", external=True, bot_in=True))
    group.plan()
    group.it_is("2026-11-23 09:00")
    assert group.prompts()[RUI].readers.shared

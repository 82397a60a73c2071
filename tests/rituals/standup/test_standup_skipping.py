"""Rounds that do not take place: on dates to skip, skipped by somebody, or too late; and those that do after all."""

from dataclasses import replace

import pytest

from rituals.standup import usecases
from rituals.standup.rules import RoundHasBegun, RoundSkipped
from tests.rituals.standup.group import (
    AWAY,
    CALENDAR,
    FIXED,
    MARTA,
    RUI,
    WALL,
    Group,
    utc,
)


def test_a_date_to_skip_has_no_round(group: Group) -> None:
    group.standup = replace(FIXED, skip_dates=frozenset({"2026-11-23"}))
    assert group.plan() is None
    skipped = group.do(usecases.get_round, "weekly.2026-11-23T09:00")
    assert (skipped.state, skipped.reason) == ("skipped", "one of the dates to skip")


def test_an_admin_skips_a_round_before_its_thread_is_up_and_not_after(group: Group) -> None:
    skipped = group.do(usecases.skip_next, FIXED, "2026-11-23T09:00", MARTA, group.now)
    assert (skipped.state, skipped.reason, skipped.skipped_by) == ("skipped", "skipped by an admin", MARTA)
    assert group.plan() is None
    with pytest.raises(RoundSkipped):
        group.submit(RUI, "anyway")
    group.plan("2026-11-30T09:00")
    again = group.do(usecases.skip_next, FIXED, "2026-11-30T09:00", MARTA, group.now)
    assert group.do(usecases.get_round, again.id).state == "skipped"
    group.plan("2026-12-07T09:00")
    group.it_is("2026-12-07 09:00")
    group.open()
    with pytest.raises(RoundHasBegun):
        group.do(usecases.skip_next, FIXED, "2026-12-07T09:00", MARTA, group.now)


@pytest.mark.parametrize("planned", [True, False], ids=["planned", "not planned yet"])
def test_what_was_skipped_takes_place_after_all_until_its_thread_would_be_up(group: Group, planned: bool) -> None:
    if planned:
        group.plan()
    assert group.do(usecases.unskip, FIXED, CALENDAR, AWAY, group.now) is None
    group.do(usecases.skip_next, FIXED, WALL, MARTA, group.now)
    again = group.do(usecases.unskip, FIXED, CALENDAR, AWAY, group.now)
    assert again is not None
    assert again.round.id == f"weekly.{WALL}"
    assert again.moments.prompts
    round_ = group.do(usecases.get_round, again.round.id)
    assert (round_.state, round_.reason, round_.skipped_by) == ("planned", None, None)
    group.do(usecases.skip_next, FIXED, WALL, MARTA, group.now)
    group.it_is("2026-11-23 09:00")
    assert group.do(usecases.unskip, FIXED, CALENDAR, AWAY, group.now) is None


def test_what_was_skipped_last_comes_back_first_and_nothing_that_is_scheduled_otherwise_now(group: Group) -> None:
    later = "2026-11-30T09:00"
    for wall in (WALL, later):
        group.do(usecases.skip_next, FIXED, wall, MARTA, group.now)
    for changed in (replace(FIXED, when="wed 14:00"), replace(FIXED, skip_dates=frozenset({WALL[:10], later[:10]}))):
        assert group.do(usecases.unskip, changed, CALENDAR, AWAY, group.now) is None
    on_the_list = replace(FIXED, skip_dates=frozenset({later[:10]}))
    for standup, wall in ((FIXED, later), (on_the_list, WALL)):
        again = group.do(usecases.unskip, standup, CALENDAR, AWAY, group.now)
        assert again is not None
        assert again.round.wall == wall
        group.do(usecases.skip_next, FIXED, wall, MARTA, group.now)


def test_an_occurrence_that_came_too_late_is_recorded_once(group: Group) -> None:
    at = utc("2026-11-23 09:00")
    assert group.do(usecases.record_skipped, FIXED, "2026-11-23T09:00", "was 5 hours late", at)
    assert not group.do(usecases.record_skipped, FIXED, "2026-11-23T09:00", "was 5 hours late", at)
    assert group.plan() is None


def test_what_somebody_skipped_and_what_is_past_stays_so(group: Group) -> None:
    group.plan()
    group.do(usecases.skip_next, FIXED, WALL, MARTA, group.now)
    assert group.do(usecases.rounds_to_follow, group.now) == []
    assert group.replan(FIXED) is None
    group.plan("2026-11-30T09:00")
    group.replan(None)
    group.it_is("2026-11-30 09:00")
    assert group.do(usecases.rounds_to_follow, group.now) == []
    assert group.replan(FIXED) is None

"""Answers by form, by reply and by direct message: one for each person, on time, early or late."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from rituals.people.store import ChannelRow, PeopleStore
from rituals.standup import usecases
from rituals.standup.rules import (
    Ambiguous,
    Answered,
    BadAnswer,
    NoSuchRound,
    NotAsked,
    RoundClosed,
    TooEarly,
    TooLate,
    Withdrawn,
)
from tests.rituals.standup.group import (
    AROHA,
    AWAY,
    BOARD,
    BOT,
    CALENDAR,
    FIXED,
    GUEST,
    KAVYA,
    MARTA,
    NOA,
    RUI,
    SYNC,
    WEEKLY,
    Group,
    row,
    statements_counted,
)


def comment(group: Group, user: str) -> Withdrawn | None:
    return group.do(usecases.just_a_comment, group.round, user, group.now)


def edit(group: Group, source: tuple[str, str], text: str) -> Answered | None:
    return group.do(usecases.change_source, source, text, group.now, CALENDAR)


def delete(group: Group, source: tuple[str, str]) -> Withdrawn | None:
    return group.do(usecases.withdraw_source, source, group.now)


def test_an_answer_is_kept_verbatim_and_counted(group: Group) -> None:
    group.monday_morning()
    told = "<!channel> <@U123> 🎉\n" + "x" * 2000
    answered = group.submit(RUI, {"moved": told, "mood": 4})
    assert (answered.is_new, answered.late, answered.show) == (True, False, True)
    assert (answered.entry.name, answered.entry.function) == ("Rui", "engineering")
    assert (group.board().answered, group.board().expected) == (1, 5)
    assert dict(group.answers()[RUI].values) == {"moved": told, "mood": 4}


def test_an_answer_may_be_sent_again_until_the_close(group: Group) -> None:
    group.monday_morning()
    first = group.submit(RUI, "one").entry.answer
    group.later(minutes=5)
    again = group.submit(RUI, "one")
    assert (again.is_new, again.entry.answer) == (False, first)
    other = group.submit(RUI, "two")
    assert (other.is_new, group.board().answered) == (False, 1)
    assert (other.entry.answer.sent_at, other.entry.answer.edited_at) == (first.sent_at, group.now)


def test_a_double_click_at_the_same_moment_makes_one_answer(group: Group) -> None:
    group.monday_morning()
    with ThreadPoolExecutor(4) as windows:
        found = list(windows.map(lambda n: group.submit(RUI, f"window {n}"), range(8)))
    assert sum(each.is_new for each in found) == 1
    assert len(group.answers()) == 1


def test_answers_of_many_at_the_same_moment_are_all_counted(group: Group) -> None:
    group.monday_morning()
    users = [RUI, NOA, KAVYA, AROHA, MARTA]
    with ThreadPoolExecutor(5) as windows:
        answered = list(windows.map(lambda user: group.submit(user, "mine"), users))
    assert (all(each.is_new for each in answered), group.board().answered) == (True, 5)


def test_an_answer_and_the_close_at_the_same_moment_leave_nothing_out(group: Group) -> None:
    group.monday_morning()
    group.it_is("2026-11-23 18:00")
    with ThreadPoolExecutor(2) as both:
        sending, closing = both.submit(group.submit, RUI, "just in time"), both.submit(group.close)
    answered, closed = sending.result(), closing.result()
    in_the_digest = [each.user for section in closed.digest.sections for each in section.entries]
    assert in_the_digest == ([] if answered.late else [RUI])
    assert group.answers().keys() == {RUI}


def test_what_is_wrong_is_refused_and_nothing_kept(group: Group) -> None:
    group.monday_morning()
    with pytest.raises(BadAnswer) as refused:
        group.submit(RUI, {"mood": 9, "waiting": "legal"})
    assert refused.value.problems.keys() == {"moved", "mood", "waiting"}
    assert group.answers() == {}


def test_an_early_answer_counts_from_the_evening_before(group: Group) -> None:
    group.plan()
    with pytest.raises(TooEarly):
        group.submit(RUI, "far too early")
    group.it_is("2026-11-22 18:00")
    assert group.submit(RUI, "the evening before").entry.answer.early


def test_a_late_answer_is_marked_and_joins_the_digest(group: Group) -> None:
    group.monday_morning()
    group.submit(NOA, "on time")
    group.it_is("2026-11-23 18:00")
    group.close()
    group.it_is("2026-11-24 08:00")
    late = group.submit(RUI, "sorry")
    assert (late.late, late.show, group.board().late, group.board().answered) == (True, True, 1, 2)
    assert group.submit(RUI, "sorry, again").late
    digest = group.digest()
    assert (digest.counts.answered, digest.counts.late) == (2, 1)
    assert RUI not in digest.missing_for_owner


def test_an_answer_that_was_on_time_stays_as_it_was_at_the_close(group: Group) -> None:
    group.monday_morning()
    group.submit(RUI, "on time")
    group.it_is("2026-11-23 18:00")
    group.close()
    with pytest.raises(RoundClosed):
        group.submit(RUI, "other words")
    assert group.answers()[RUI].values["moved"] == "on time"


def test_late_answers_end_where_the_next_round_begins(group: Group) -> None:
    group.monday_morning()
    group.it_is("2026-11-23 18:00")
    group.close()
    group.do(usecases.plan_round, FIXED, CALENDAR, AWAY, "2026-11-30T09:00", group.now)
    group.it_is("2026-11-30 08:59")
    assert group.submit(RUI, "very late").late
    group.it_is("2026-11-30 09:00")
    with pytest.raises(TooLate):
        group.submit(NOA, "too late")


def test_whoever_sees_the_channel_may_answer_and_nobody_waits_for_her(group: Group) -> None:
    group.people(PeopleStore.save_member, row("UZOE", "Europe/Lisbon"), group.now)
    group.monday_morning()
    group.submit("UZOE", "hello")
    board = group.board()
    assert (board.expected, board.answered, board.optional_answered) == (5, 0, 1)
    assert group.submit("UZOE", "hello again").is_new is False
    assert [mine.participant.optional for mine in group.do(usecases.my_state, "UZOE", group.now)] == [True]
    assert "UZOE" not in group.prompts()


@pytest.mark.parametrize("user", [NOA, BOT, GUEST, "UNOBODY"])
def test_who_cannot_see_the_channel_is_not_asked(group: Group, user: str) -> None:
    group.standup = replace(FIXED, channel=BOARD)
    group.monday_morning()
    with pytest.raises(NotAsked):
        group.submit(user, "let me in")
    with pytest.raises(NotAsked):
        group.do(usecases.form_of, group.round, user, group.now)
    assert group.reply(user, "let me in")[0] is None


def test_a_guest_does_not_answer_where_guests_take_no_part(group: Group) -> None:
    group.monday_morning()
    with pytest.raises(NotAsked):
        group.submit(GUEST, "hello")


def test_the_first_reply_of_who_owes_an_answer_is_taken_and_no_other(group: Group) -> None:
    group.monday_morning()
    first, source = group.reply(RUI, "all done")
    assert first is not None
    assert (first.entry.answer.via, first.entry.answer.values) == ("thread", {"moved": "all done"})
    assert (first.entry.answer.source_channel, first.entry.answer.source_ts) == source
    assert group.reply(RUI, "and one more thing")[0] is None
    assert group.answers()[RUI].values["moved"] == "all done"


def test_replies_of_those_who_owe_nothing_are_conversation(group: Group) -> None:
    group.standup = replace(FIXED, optional=frozenset({NOA}))
    group.people(PeopleStore.pause, KAVYA, group.now)
    group.people(PeopleStore.save_member, row("UZOE", "Europe/Lisbon"), group.now)
    group.monday_morning()
    group.submit(MARTA, "by form")
    for user in (NOA, KAVYA, MARTA, "UZOE"):
        assert group.reply(user, "thanks all")[0] is None
    group.it_is("2026-11-23 18:00")
    group.close()
    assert group.reply(RUI, "too late for the thread")[0] is None
    assert group.reply(AROHA, " \n")[0] is None


def test_just_a_comment_takes_the_answer_back_and_her_replies_stay_conversation(group: Group) -> None:
    group.monday_morning()
    group.reply(RUI, "who brings cake?")
    taken_back = comment(group, RUI)
    assert taken_back is not None
    assert (group.board().answered, taken_back.entry.answer.values) == (0, {"moved": "who brings cake?"})
    assert comment(group, RUI) is None
    assert group.reply(RUI, "chocolate")[0] is None
    assert group.submit(RUI, "the real one").is_new
    assert comment(group, RUI) is None
    assert group.answers()[RUI].values["moved"] == "the real one"


def test_a_word_to_the_bot_that_was_just_a_comment_is_given_back_and_the_next_may_be_her_update(group: Group) -> None:
    group.monday_morning()
    group.write_to_bot(RUI, "who brings cake?")
    taken_back = comment(group, RUI)
    assert taken_back is not None
    assert (group.board().answered, taken_back.entry.answer.values) == (0, {"moved": "who brings cake?"})
    assert group.write_to_bot(RUI, "the real one").is_new
    comment(group, RUI)
    assert group.reply(RUI, "or in the thread")[0] is not None


def test_a_reply_that_is_edited_edits_the_answer_and_keeps_what_the_form_added(group: Group) -> None:
    group.monday_morning()
    _, source = group.reply(RUI, "all dnoe")
    group.submit(RUI, {"moved": "all dnoe", "mood": 5})
    group.later(minutes=1)
    assert edit(group, source, "all dnoe") is None
    changed = edit(group, source, "all done")
    assert changed is not None
    assert changed.entry.answer.values == {"moved": "all done", "mood": 5}
    assert (changed.is_new, changed.entry.answer.via, changed.entry.answer.edited_at) == (False, "thread", group.now)
    assert edit(group, (SYNC, "unknown"), "x") is None
    assert edit(group, source, "  ") is None


def test_a_reply_that_is_deleted_withdraws_the_answer_and_the_next_one_counts(group: Group) -> None:
    group.monday_morning()
    _, source = group.reply(RUI, "oops")
    withdrawn = delete(group, source)
    assert withdrawn is not None
    assert (withdrawn.entry.user, group.board().answered) == (RUI, 0)
    assert delete(group, source) is None
    assert group.answers() == {}
    again, _ = group.reply(RUI, "better")
    assert again is not None
    assert again.is_new


def test_after_the_close_an_edited_or_deleted_reply_changes_nothing(group: Group) -> None:
    group.monday_morning()
    _, source = group.reply(RUI, "on time")
    group.it_is("2026-11-23 18:00")
    group.close()
    assert edit(group, source, "on time") is None
    for act in (lambda: edit(group, source, "rewritten"), lambda: delete(group, source), lambda: comment(group, RUI)):
        with pytest.raises(RoundClosed):
            act()
    assert group.answers()[RUI].values["moved"] == "on time"


def test_a_long_reply_is_kept_whole_even_when_the_form_comes_back_cut(group: Group) -> None:
    group.monday_morning()
    long = "word " * 900
    group.reply(RUI, long)
    group.submit(RUI, {"moved": long[:2999] + "…", "mood": 2})
    assert group.answers()[RUI].values == {"moved": long, "mood": 2}


def test_a_direct_message_answers_the_round_she_owes(group: Group) -> None:
    group.monday_morning()
    answered = group.write_to_bot(RUI, "by message")
    assert isinstance(answered, Answered)
    assert answered.entry.answer.via == "dm"
    assert group.write_to_bot(RUI, "and thanks") is None
    assert group.write_to_bot(RUI, "under the prompt", group.round) is None
    edited = edit(group, (f"D{RUI}", "1.0"), "by message, edited")
    assert edited is not None


def test_a_direct_message_that_fits_two_rounds_asks_which(group: Group) -> None:
    group.monday_morning()
    daily = replace(FIXED, key="daily", title="Daily")
    other = group.do(usecases.plan_round, daily, CALENDAR, AWAY, "2026-11-23T09:00", group.now)
    assert other is not None
    group.do(usecases.take_prompts, other.round.id, CALENDAR, AWAY, group.now)
    which = group.write_to_bot(RUI, "hello")
    assert isinstance(which, Ambiguous)
    assert {round_.standup.key for round_ in which.rounds} == {"weekly", "daily"}
    told = group.write_to_bot(RUI, "hello", other.round.id)
    assert isinstance(told, Answered)
    assert told.round.id == other.round.id


def test_a_direct_message_counts_once_she_was_asked_and_soon_after_the_close(group: Group) -> None:
    group.plan()
    group.it_is("2026-11-22 20:00")
    assert group.write_to_bot(NOA, "hello bot, what is this?") is None
    group.it_is("2026-11-23 09:00")
    group.prompts()
    group.open()
    group.it_is("2026-11-23 18:00")
    group.close()
    group.later(minutes=20)
    late = group.write_to_bot(RUI, "a little late")
    assert isinstance(late, Answered)
    assert late.late
    group.later(days=2)
    assert group.write_to_bot(KAVYA, "good morning") is None
    under_the_prompt: Any = group.write_to_bot(KAVYA, "here it is", group.round)
    assert isinstance(under_the_prompt, Answered)
    assert under_the_prompt.late


def test_an_optional_person_answers_by_message_only_where_she_was_asked(group: Group) -> None:
    group.standup = replace(FIXED, optional=frozenset({NOA}))
    group.plan()
    group.it_is("2026-11-22 20:00")
    assert group.write_to_bot(NOA, "hello") is None
    group.it_is("2026-11-23 09:00")
    group.prompts()
    assert isinstance(group.write_to_bot(NOA, "my bit"), Answered)


def test_the_form_shows_her_questions_her_answer_and_her_older_blockers(group: Group) -> None:
    group.monday_morning()
    group.submit(RUI, {"moved": "a", "stops": "price list", "waiting": "sales"})
    form = group.do(usecases.form_of, group.round, RUI, group.now)
    assert [each.key for each in form.questions] == ["moved", "stops", "waiting", "mood", "ship"]
    assert form.answer is not None
    assert form.blockers == ()
    group.it_is("2026-11-23 18:00")
    group.close()
    group.plan("2026-11-30T09:00")
    group.it_is("2026-11-30 09:00")
    form = group.do(usecases.form_of, group.round, RUI, group.now)
    assert [each.text for each in form.blockers] == ["price list"]
    assert form.answer is None
    assert len(group.do(usecases.form_of, group.round, NOA, group.now).questions) == 4


def test_a_round_that_never_was_is_named(group: Group) -> None:
    group.round = "weekly.never"
    with pytest.raises(NoSuchRound):
        group.submit(RUI, "hello")
    assert group.reply(RUI, "hello")[0] is None
    assert comment(group, RUI) is None


def test_my_state_tells_what_she_owes_and_what_she_may_answer(group: Group) -> None:
    group.standup = WEEKLY
    group.plan()
    (mine,) = group.do(usecases.my_state, RUI, group.now)
    assert (mine.owes, mine.answerable) == (False, False)
    group.it_is("2026-11-22 18:00")
    (mine,) = group.do(usecases.my_state, RUI, group.now)
    assert (mine.owes, mine.answerable) == (True, True)
    group.submit(RUI, "in")
    (mine,) = group.do(usecases.my_state, RUI, group.now)
    assert (mine.owes, mine.answerable, mine.answer is not None) == (False, True, True)
    assert group.do(usecases.my_state, "UNOBODY", group.now) == ()


def test_history_shows_the_newest_first_and_only_hers(group: Group) -> None:
    for wall in ("2026-11-23T09:00", "2026-11-30T09:00"):
        group.plan(wall)
        group.it_is(wall.replace("T", " "))
        group.prompts()
        group.submit(RUI, f"on {wall}")
        group.submit(NOA, "mine")
    found = group.do(usecases.history, RUI, 5)
    assert [answer.values["moved"] for _, answer in found] == ["on 2026-11-30T09:00", "on 2026-11-23T09:00"]
    assert [round_.wall for round_, _ in group.do(usecases.history, RUI, 1)] == ["2026-11-30T09:00"]


def test_the_export_shows_private_channels_to_their_members_alone(group: Group) -> None:
    group.people(PeopleStore.save_channel, ChannelRow(SYNC, "product-sync"))
    group.monday_morning()
    group.submit(RUI, {"moved": "public", "mood": 4})
    group.standup = replace(FIXED, key="board", channel=BOARD)
    group.monday_morning()
    group.submit(RUI, "secret")

    def rows(viewer: str | None) -> list[tuple[str, str | int]]:
        def read(tx: Any, team: str) -> list[tuple[str, str | int]]:
            return [(each.kind, each.value) for each in usecases.export_rows(tx, team, viewer)]

        return group.database.read_now(read, group.team)

    public = [("text", "public"), ("scale", 4)]
    assert rows(None) == rows(NOA) == public
    assert sorted(rows(MARTA), key=str) == sorted([*public, ("text", "secret")], key=str)
    board = group.do(usecases.get_round, group.round)
    assert group.do(usecases.viewable, board, MARTA)
    assert not group.do(usecases.viewable, board, NOA)


def test_an_answer_costs_few_statements_and_does_not_count_the_round(group: Group) -> None:
    group.monday_morning()
    with statements_counted() as told:
        group.submit(RUI, {"moved": "much", "mood": 3})
    assert len([each for each in told if "SAVEPOINT" not in each and not each.startswith("BEGIN")]) <= 4
    assert not [each for each in told if "count(" in each.lower()]

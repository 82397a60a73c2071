"""Every view of the features once, made from plain records: for the golden files and for whoever checks them all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.features.blockers import views as blocker_views
from bot.features.home.listeners import home
from bot.features.standup.views import asking, digest, private, questions, thread
from bot.registry import HomePart, Waiting
from bot.slack import charts
from rituals.blockers.rules import Blocker, Changed, Origin
from rituals.people.rules import Function
from rituals.standup.rules import (
    Answer,
    Ask,
    BlockerLine,
    Board,
    Choice,
    Concerns,
    Counts,
    Digest,
    Entry,
    Mine,
    Participant,
    Prompt,
    Readers,
    Round,
    Scale,
    Section,
)
from rituals.standup.settings import Question, Standup
from tests.bot.features import decision_file_views, decision_summary_views, decision_views, glossary_views

Shown = tuple[str, list[dict[str, Any]]]

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
NAMES = {"U0RUI": "Rui Costa", "U0DANA": "Dana", "U0MARTA": "Marta"}
FUNCTIONS = {
    "engineering": Function("engineering", "Engineering", "technical", "U0RUI", "PT"),
    "sales": Function("sales", "Sales & Partners", "business", "U0DANA", "US"),
}
QUESTIONS = (
    Question("moved", "What moved?", required=True),
    Question("stuck", "What stops you?", "blocker"),
    Question("waits", "Whom do you wait for?", "waiting"),
    Question("mood", "How was the week?", "scale"),
    Question("risk", "Will we ship?", "choice", ("Yes", "No", "Perhaps")),
)
STANDUP = Standup("weekly", "Weekly stand-up", "C0SYNC", "mon 09:00", QUESTIONS, "U0MARTA")
ROUND = Round(
    "weekly.2026-11-23T09:00",
    STANDUP,
    "2026-11-23T09:00",
    "open",
    None,
    NOW - timedelta(days=1),
    NOW,
    NOW + timedelta(hours=14),
    NOW,
)
NASTY = "Talked to <@U0DANA> about <!channel> & 3 < 4 *bold*"
ANSWER = Answer(
    "U0RUI",
    {"moved": NASTY, "stuck": "The price list", "waits": "sales", "mood": 4, "risk": "Yes"},
    "modal",
    NOW,
    None,
    False,
    False,
)
ENTRY = Entry("U0RUI", "Rui Costa", "engineering", ANSWER, QUESTIONS)
BLOCKER = Blocker(
    "weekly.2026-11-23T09:00:U0RUI:stuck",
    "U0RUI",
    "sales",
    "The price list, says <@U0DANA>",
    "C0SYNC",
    Origin("standup", ROUND.id),
    NOW,
    "open",
    None,
    None,
    NOW,
    None,
    None,
    1,
)
LINE = BlockerLine(BLOCKER, "Sales & Partners", "2 working days")
RUI = Participant(
    ROUND.id,
    "U0RUI",
    "asked",
    NOW,
    NOW + timedelta(hours=9),
    NOW,
    None,
    False,
    "engineering",
    "Europe/Lisbon",
    None,
    1,
    False,
    False,
)
OPEN, ROOM = Readers("C0SYNC", False, 12, "U0MARTA"), Readers("C0ROOM", True, 1, "U0MARTA", shared=True)
BOARD = Board(ROUND, 11, 3, 1, 0, (("U0DANA", "holiday: Thanksgiving"),), ROUND.closes_at)
DIGEST = Digest(
    replace(ROUND, state="closed"),
    (
        Section("engineering", "Engineering", "technical", (ENTRY,)),
        Section(None, "No function", None, (replace(ENTRY, function=None, answer=replace(ANSWER, late=True)),)),
    ),
    (LINE,),
    (Ask("engineering", "sales", 2, NOW, "4 working days"), Ask(None, "engineering", 1, NOW, "today")),
    (Scale(QUESTIONS[3], 3.25, 4),),
    (Choice(QUESTIONS[4], (("Yes", 3), ("No", 1), ("Perhaps", 0))),),
    Counts(11, 10, 1, 1, 1),
    (("U0DANA", "holiday: Thanksgiving"),),
    ("U0RUI", "U0MARTA"),
)


def everything() -> dict[str, Shown]:
    return {
        **_standup(),
        **_blockers(),
        **glossary_views.everything(),
        **decision_file_views.everything(),
        **decision_views.everything(),
        **decision_summary_views.everything(),
        "home": _view(_home()),
        "home_empty": _view(home([HomePart()])),
    }


def _standup() -> dict[str, Shown]:
    closed = replace(BOARD, round=replace(ROUND, state="closed"), late=1)
    prompt = Prompt(ROUND, RUI, "Rui Costa", QUESTIONS, None, (), (), OPEN, first_ever=True)
    again = replace(
        prompt,
        first_ever=False,
        last=ANSWER,
        last_questions=QUESTIONS,
        blockers=(BLOCKER,),
        readers=ROOM,
    )
    nothing = Concerns(ROUND, None, (), (), (), ())
    late = replace(ENTRY, answer=replace(ANSWER, late=True, edited_at=NOW))
    whole = digest.whole(DIGEST, FUNCTIONS, NAMES)
    mine = Mine(ROUND, RUI, None, True, True)
    return {
        "prompt_first": asking.prompt(prompt, FUNCTIONS, NAMES),
        "prompt_again": asking.prompt(again, FUNCTIONS, NAMES),
        "reminder": asking.reminder(RUI, ROUND),
        "silence": asking.silence(ROUND, 3),
        "time_form": _view(asking.time_form("Weekly stand-up", standup="weekly", round=ROUND.id)),
        "form": _view(questions.form(ROUND.id, STANDUP.title, QUESTIONS, None, FUNCTIONS, (), NAMES, OPEN)),
        "form_filled": _view(
            questions.form(ROUND.id, STANDUP.title, QUESTIONS, ANSWER, FUNCTIONS, (BLOCKER,), NAMES, ROOM)
        ),
        "board": thread.board(BOARD, NAMES, NOW),
        "board_closed": thread.board(closed, NAMES, NOW),
        "update": thread.update(ENTRY, FUNCTIONS, NAMES)[0],
        "update_late": thread.update(late, FUNCTIONS, NAMES)[0],
        "taken_in_thread": thread.taken(ROUND.id, "What moved?"),
        "taken_by_message": thread.taken_dm(ROUND.id, "C0SYNC", False, "What moved?"),
        "taken_by_message_unseen": thread.taken_dm(ROUND.id, "C0SYNC", False, "What moved?", "U0BOT"),
        "prompt_answered": thread.is_in(ROUND),
        "prompt_taken_back": thread.is_open(ROUND),
        "update_is_in_already": thread.is_in_already(ROUND),
        "closing": digest.closing(DIGEST, FUNCTIONS, NAMES),
        "closing_silent": digest.closing(replace(DIGEST, sections=(), blockers=(), asks=()), FUNCTIONS, NAMES),
        "digest": whole[0],
        "report": digest.report(DIGEST, FUNCTIONS, NAMES),
        "report_open": digest.report(replace(DIGEST, round=ROUND), FUNCTIONS, NAMES),
        "missing": digest.missing(DIGEST, NAMES)[0],
        "concerns": digest.concerns(
            Concerns(ROUND, "sales", (LINE,), (LINE,), (ENTRY,), DIGEST.asks), FUNCTIONS, NAMES
        ),
        "concerns_nothing": digest.concerns(nothing, FUNCTIONS, NAMES),
        "status": private.status([(BOARD, mine)], [(STANDUP, NOW + timedelta(days=7))]),
        "history": private.history([(ROUND, ANSWER)], FUNCTIONS, NAMES),
        "help": (private.help_text(), []),
    }


def _blockers() -> dict[str, Shown]:
    taken = replace(BLOCKER, state="taken", taker="U0DANA")
    answered = replace(taken, state="answered", answer="On <!here> Tuesday")
    resolved = replace(answered, state="resolved")

    def told(of: Blocker, what: Any, detail: str | None = None) -> Shown:
        return blocker_views.told(Changed(of, "U0DANA", what, detail), FUNCTIONS, NAMES)

    def waits(of: Blocker) -> Shown:
        return blocker_views.waits(of, FUNCTIONS, "engineering", NAMES, "2 working days")

    return {
        "blocker_waits": waits(BLOCKER),
        "blocker_waits_taken": waits(taken),
        "blocker_waits_resolved": waits(resolved),
        "blocker_told_taken": told(taken, "taken"),
        "blocker_told_answered": told(answered, "answered", "On <!here> Tuesday"),
        "blocker_told_moved": told(replace(BLOCKER, function="engineering"), "moved", "engineering"),
        "blocker_told_moved_nowhere": told(replace(BLOCKER, function=None), "moved"),
        "blocker_done_resolved": blocker_views.done(Changed(resolved, "U0DANA", "resolved")),
        "blocker_told_resolved": told(resolved, "resolved"),
        "blocker_told_reopened": told(BLOCKER, "reopened"),
        "blocker_told_withdrawn": told(replace(BLOCKER, state="withdrawn"), "withdrawn"),
        "blocker_passed_on": blocker_views.passed_on(Changed(BLOCKER, "U0DANA", "moved"), FUNCTIONS, NAMES),
        "blocker_unheard": blocker_views.unheard(BLOCKER, FUNCTIONS),
        "blocker_answer_form": _view(blocker_views.answer_form(BLOCKER, NAMES)),
        "blocker_not_ours_form": _view(blocker_views.not_ours_form(BLOCKER, FUNCTIONS, NAMES)),
    }


def _home() -> dict[str, Any]:
    owed = Waiting("*Weekly stand-up*: your update", asking.answer_button(ROUND.id), NOW)
    standups = private.home([(STANDUP, NOW)], [(ROUND, ANSWER)], FUNCTIONS, NAMES)
    answered = replace(BLOCKER, state="answered")
    blockers = blocker_views.home([(BLOCKER, "today")], [(answered, "2 working days")], FUNCTIONS, NAMES)
    return home([HomePart([replace(owed) for _ in range(21)], standups), HomePart((), blockers)])


def _view(view: dict[str, Any]) -> Shown:
    return (view.get("title") or {"text": "Home"})["text"], [view]


def read_aloud(blocks: Sequence[dict[str, Any]]) -> list[str]:
    """What a person meets from top to bottom, a line for each thing: words, then what can be pressed or filled."""
    return [line for block in blocks for line in _aloud(block, 0)]


def _aloud(value: Any, depth: int) -> list[str]:
    pad = "  " * depth
    if isinstance(value, list):
        return [line for each in value for line in _aloud(each, depth)]
    if not isinstance(value, dict):
        return []
    kind = value.get("type", "")
    if kind in ("plain_text", "mrkdwn", "text"):
        return [f"{pad}{line}" for line in value["text"].splitlines()]
    if charts.is_picture(value):
        return [f"{pad}{kind}", *(f"{pad}  {line}" for line in charts.numbers(value).splitlines())]
    if kind == "button":
        return [f"{pad}[{value['text']['text']}] {value['action_id']} {value['value']}"]
    head = [f"{pad}{kind} {value.get('callback_id') or value.get('block_id') or ''}".rstrip()] if kind else []
    inner = [
        line
        for key, each in value.items()
        if key not in ("type", "private_metadata")
        for line in _aloud(each, depth + 1)
    ]
    chosen = [f"{pad}  = {value['initial_value']}"] if "initial_value" in value else []
    return head + inner + chosen


__all__ = ["everything", "read_aloud"]

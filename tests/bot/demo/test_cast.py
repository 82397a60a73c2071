import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Environment
from bot.demo import beginning, manners, people
from bot.demo.cast import Cast, inputs, questions
from bot.demo.manners import Asked
from bot.demo.running import _connected
from bot.outbox import Pace
from bot.running import Bot
from bot.sandbox.server import Running
from rituals.standup import usecases
from rituals.standup.rules import Digest
from rituals.tables import Tx
from tests.lived import CONFIG, copied
from tests.slackside import Slackside

FIRST = date(2026, 8, 31)
WEEKLY = "weekly.2026-11-23T09:00"
QUICK = Pace(100_000, per_channel=0.0, refresh_every=0.02, refreshes_per_minute=100_000)
HANDLES = [person.handle for person in people.COLLEAGUES]
QUESTIONS = (
    Asked("progress", "text"),
    Asked("next", "text"),
    Asked("customers", "text"),
    Asked("blocker", "blocker"),
    Asked("waiting", "waiting", ("engineering", "customer-success")),
    Asked("sure", "scale", ("1", "2", "3", "4", "5")),
    Asked("ready", "choice", ("Ready", "Nearly")),
)
rounds = st.builds(
    lambda key, week: f"{key}.{FIRST + timedelta(weeks=week)}T09:00",
    st.sampled_from(["weekly", "release", "daily"]),
    st.integers(0, 60),
)


@dataclass
class Shown:
    """A demonstration that runs in this process, with its sandbox."""

    slack: Slackside
    bot: Bot

    async def digest(self) -> Digest:
        return await self.bot.database.read(self._digest)

    def _digest(self, tx: Tx) -> Digest:
        calendar = self.bot.settings.read(tx, people.TEAM).calendar
        return usecases.digest(tx, people.TEAM, WEEKLY, calendar, self.bot.clock.now())


async def test_who_just_watches_sees_the_week_happen(built: Path, tmp_path: Path) -> None:
    async with shown(copied(built, tmp_path / "demo")) as demo:
        await demo.slack.jumped("2026-11-23T23:30:00+00:00", deadline=60)
        digest = await demo.digest()
        await demo.slack.jumped("2026-11-25T09:00:00+00:00", deadline=60)
        later = await demo.digest()
        waiting = [message.plain for message in await demo.slack.as_person(people.YOU).dm()]
        root = [
            message
            for message in await demo.slack.as_person(people.YOU).sees("C0PRODUCTSYNC")
            if "23 Nov" in message.plain and not message.plain.startswith("Decision")
        ]
        thread = await demo.slack.as_person(people.YOU).sees("C0PRODUCTSYNC", root[0].ts)
        asked = [message.plain for message in await demo.slack.as_person("U0LUIS").dm()]
    answered = {entry.user: entry.answer.via for section in digest.sections for entry in section.entries}
    sent = {entry.user: entry.answer.sent_at for section in later.sections for entry in section.entries}
    assert set(answered) == set(_ids()) - {people.YOU, "U0LUIS", "U0EMMA"}
    assert set(answered.values()) == {"modal", "thread", "dm"}
    assert set(digest.missing_for_owner) == {people.YOU, "U0LUIS", "U0EMMA"}
    assert [entry.user for section in later.sections for entry in section.entries if entry.answer.late] == ["U0EMMA"]
    assert any("old export" in text for text in waiting)
    assert {message.user for message in thread} >= {"U0SOFIA", "U0TOMAS"}
    assert any("What would suit you" in text for text in asked)
    for person in people.COLLEAGUES:
        found = manners.answering(person.handle, WEEKLY, FIRST)
        if found is not None and person.id != people.YOU:
            prompted = datetime.fromisoformat("2026-11-23T09:00").replace(tzinfo=ZoneInfo(person.zone))
            late_by = sent[person.id] - prompted - found.after
            assert abs(late_by) < timedelta(seconds=90), f"{person.handle} answered at another moment than hers"


@given(rounds, st.permutations(HANDLES))
def test_the_same_round_gets_the_same_answers_in_whatever_order_they_are_asked_for(
    round_id: str, handles: Sequence[str]
) -> None:
    first = {handle: _answer(handle, round_id) for handle in HANDLES}
    again = {handle: _answer(handle, round_id) for handle in handles}
    assert first == again


@given(rounds, st.sampled_from(HANDLES))
def test_nobody_enters_what_a_form_does_not_take(round_id: str, handle: str) -> None:
    answer = _answer(handle, round_id)
    if answer is None:
        return
    options = {asked.key: asked.options for asked in QUESTIONS if asked.options}
    assert all(answer.values())
    assert set(answer) <= {asked.key for asked in QUESTIONS}
    assert all(value in options[key] for key, value in answer.items() if key in options and key != "waiting")
    assert ("blocker" in answer) == ("waiting" in answer)
    assert "progress" in answer


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ({"type": "plain_text_input"}, "text"),
        ({"type": "static_select", "options": [{"value": "sales"}]}, "waiting"),
        ({"type": "radio_buttons", "options": [{"value": str(step)} for step in range(1, 6)]}, "scale"),
        ({"type": "radio_buttons", "options": [{"value": "Ready"}, {"value": "Nearly"}]}, "choice"),
    ],
)
def test_a_form_is_read_by_what_it_shows(element: dict[str, object], kind: str) -> None:
    shown_inputs = inputs([{"type": "section"}, {"type": "input", "block_id": "q.any", "element": element}])
    assert [(asked.key, asked.kind) for asked in shown_inputs] == [("any", kind)]


def test_a_message_that_asks_about_nothing_is_left_alone() -> None:
    assert list(questions({"ts": "1.0", "blocks": [{"type": "section"}]}, "D0")) == []
    assert list(questions({"ts": "1.0"}, "D0")) == []


def _answer(handle: str, round_id: str) -> dict[str, str] | None:
    found = manners.answering(handle, round_id, FIRST)
    return None if found is None else manners.values(found, QUESTIONS, round_id)


def _ids() -> list[str]:
    return [person.id for person in people.COLLEAGUES]


@asynccontextmanager
async def shown(stage: beginning.Stage) -> AsyncIterator[Shown]:
    sandbox = Running.start({**beginning._read(stage.seed), "limits": {"enforce": False}})
    cast = Cast(sandbox.url, stage.first)
    environment = _connected(Environment(config=CONFIG), stage, sandbox.url)
    bot = Bot(environment, poll=0.05, pace=QUICK, companion=cast)
    running = asyncio.create_task(bot.run())
    try:
        async with Slackside(sandbox.url) as slack:
            async with asyncio.timeout(30):
                await bot.settled.wait()
            yield Shown(slack, bot)
    finally:
        bot.stop()
        await running
        await cast.close()
        sandbox.stop()

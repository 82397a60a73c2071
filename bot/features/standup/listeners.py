"""What people do with a stand-up: press, send, reply, ask. `register` is the table of contents."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.desk import Desk
from bot.features.standup import answering, home, keys, posting, refusals, ticks
from bot.features.standup.commands import Commands
from bot.features.standup.ticks import Ticks
from bot.features.standup.views import WORDS, asking, digest, questions, thread
from bot.registry import Calling, Plan, Registry
from bot.settings import Resolved
from bot.slack import blocks
from bot.slack.payloads import Form, Press, Said
from bot.slack.replies import Errors, Open, Replace, Reply, Say
from rituals.standup import usecases
from rituals.standup.rules import BadAnswer
from rituals.tables import Tx

T = TypeVar("T")


def register(app: Registry, desk: Desk) -> None:
    listeners, commands, time = Listeners(desk), Commands(desk), Ticks(desk)
    app.command(
        "/standup",
        commands.run,
        "Your stand-up: answer, status, report, away, help",
        "help | status | me | report [date] | away 24 Dec - 2 Jan",
    )
    app.press(asking.ANSWER, listeners.open_form)
    app.press(thread.EDIT, listeners.open_form)
    app.press(thread.COMMENT, listeners.just_a_comment)
    app.press(digest.CONCERNS, listeners.concerns)
    app.press(asking.MAKE_OPTIONAL, listeners.make_optional)
    app.press(asking.ANOTHER_TIME, listeners.ask_time)
    app.press(asking.PAUSE, listeners.pause)
    app.form(questions.FORM, listeners.send)
    app.form(asking.TIME_FORM, listeners.set_time)
    app.said(listeners.said)
    app.home(home.part(desk))
    app.keeps(still_needed)
    app.calling(Calling("standup", plans, time.occurs, time.skipped))
    app.job(ticks.PROMPTS, time.prompts, "{}: people are asked")
    app.job(ticks.THREAD, time.thread, "{}: the thread opens")
    app.job(ticks.BOARD, time.board)
    app.wording("standup", "board", posting.word_board)
    app.job(ticks.REMINDERS, time.reminders, "{}: reminders")
    app.job(ticks.CLOSE, time.close, "{}: the round closes")
    app.job(ticks.SAY_AGAIN, time.say_again)
    app.job(ticks.PEOPLE_CHANGED, time.people_changed)
    app.on_settings(time.settings_changed)
    refusals.register(app)
    for name, why, without in SCOPES:
        app.scope(name, why, without)


SCOPES = (
    (
        "commands",
        "to answer what is typed with a slash, such as `/standup`",
        "no slash commands; everything else works",
    ),
    ("chat:write", "to ask, to open threads, to post digests", "nothing can be said at all"),
    (
        "channels:history",
        "to take a reply in a stand-up's thread as an update, and to see after a crash what was posted already",
        "replies in public channels are not taken, and a crash may post a message twice",
    ),
    (
        "groups:history",
        "to take a reply in a stand-up's thread as an update in private channels, too, where the bot was invited",
        "stand-ups in private channels take no thread replies",
    ),
    (
        "im:write",
        "to find the conversation with somebody again after a crash, without writing there",
        "a crash may send a direct message twice",
    ),
    (
        "im:history",
        "to take a reply to the bot's direct message as an update",
        "updates by direct message do not arrive",
    ),
)


def still_needed(tx: Tx, workspace: str) -> Callable[[str], bool]:
    """The messages of rounds in which something may still happen."""
    rounds = usecases.not_over(tx, workspace)
    return lambda key: keys.round_of(key) in rounds


def plans(settings: Resolved) -> Sequence[Plan]:
    """What recurs, and how long before its time a round begins."""
    return [
        Plan(key, standup.when, usecases.clock_of(standup), usecases.begin_lead(standup), standup.grace)
        for key, standup in settings.standups.items()
    ]


class Listeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def open_form(self, press: Press) -> Reply:
        return await self._desk.database.read(
            answering.form_for, self._desk, press.workspace, press.user, press.carried["round"], self._desk.now()
        )

    async def send(self, form: Form) -> Reply:
        now = self._desk.now()
        try:
            answered, inside = await self._desk.database.write(
                answering.send, self._desk, form, now, once=(form.workspace, form.key)
            )
        except BadAnswer as bad:
            return Errors({f"q.{key}": words for key, words in bad.problems.items()})
        standup = answered.round.standup
        if not inside:
            return Say(WORDS.bot_not_in(standup.channel, self._desk.bot_user))
        return Say(WORDS.saved(standup.channel, True, False)) if answered.late and answered.is_new else None

    async def said(self, said: Said) -> Reply:
        """An empty reply means: this was ours, nobody else needs to look; None passes it on."""
        if said.kind == "new" and said.channel_type != "im":
            if f"<@{self._desk.bot_user}>" in said.text:
                return None  # a question to the bot, which hears it as a mention, is no update
            in_round = await self._desk.database.read(answering.round_of_thread, said) if said.in_thread else None
            return await self._write(answering.reply, said) if in_round else None
        if said.kind == "new":
            spoken_to = said.begins_with(self._desk.bot_user)
            return None if spoken_to else await self._write(answering.direct, said)
        return () if await self._write(answering.changed, said) else None

    async def _write(self, body: Callable[..., T], record: Said | Press) -> T:
        once = (record.workspace, record.key)
        return await self._desk.database.write(body, self._desk, record, self._desk.now(), once=once)

    async def just_a_comment(self, press: Press) -> Reply:
        taken_back = await self._write(answering.comment, press)
        return Replace(WORDS.just_a_comment() if taken_back else WORDS.not_taken_back())

    async def concerns(self, press: Press) -> Reply:
        """Over whatever she looks at: a private message would hide in the thread that the close belongs to."""
        _, parts = await self._desk.database.read(answering.concerns, self._desk, press, self._desk.now())
        return Open(blocks.modal("What concerns you", digest.CONCERNS, parts))

    async def make_optional(self, press: Press) -> Reply:
        await self._write(answering.make_optional, press)
        return ()

    async def pause(self, press: Press) -> Reply:
        await self._write(answering.pause, press)
        return ()

    async def ask_time(self, press: Press) -> Reply:
        title = await self._title(press.workspace, press.carried["standup"])
        return Open(asking.time_form(title, **press.carried))

    async def set_time(self, form: Form) -> Reply:
        title = await self._title(form.workspace, form.carried["standup"])
        now, once = self._desk.now(), (form.workspace, form.key)
        await self._desk.database.write(answering.set_time, self._desk, form, title, now, once=once)
        return None

    async def _title(self, workspace: str, key: str) -> str:
        standup = (await self._desk.settings.of(workspace)).standups.get(key)
        return standup.title if standup else key

"""Everything that decisions answer to: `register` is the table of contents."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import FROM_BLOCKER, Desk
from bot.engine import JobApart
from bot.features.decisions import home, summary, telling, verbs
from bot.features.decisions.acting import Acting
from bot.features.decisions.asking import Asking
from bot.features.decisions.commands import Commands
from bot.features.decisions.exchange import Exchange
from bot.features.decisions.summary import Summaries
from bot.features.decisions.ticks import Ticks
from bot.features.decisions.views import WORDS
from bot.outbox import PICTURE_SCOPES
from bot.registry import Calling, Menu, Registry
from bot.slack.payloads import Form, Press
from bot.slack.replies import Reply
from rituals.decisions import refusals
from rituals.decisions.summing import summed

By = TypeVar("By", Press, Form)


def register(app: Registry, desk: Desk, client: AsyncWebClient) -> None:
    asking = Asking(desk, client)
    acting, ticks, summaries = Acting(desk, asking), Ticks(desk), Summaries(desk, asking)
    exchange = Exchange(desk, client, telling.tell_of_file)
    commands = Commands(desk, asking, summaries, exchange)
    app.command(
        "/decision", commands.decision, "Asks for a decision, and shows them", "your question | mine | list | …"
    )
    app.menu(Menu(verbs.ASK_MENU, "Ask for a decision", MENU, "message", asking.from_message))
    for verb, run in (
        (verbs.NEW, asking.open_again),
        (FROM_BLOCKER, asking.from_blocker),
        (verbs.REPLACE, asking.replacing),
        (verbs.MORE_FIELDS, asking.more_fields),
        (verbs.TOPIC, asking.topic),
        (verbs.OPTION, acting.option),
        (verbs.DECIDE, acting.open_decide),
        (verbs.INPUT, acting.open_input),
        (verbs.NEED, acting.open_need),
        (verbs.GIVE, acting.open_give),
        (verbs.FURTHER, acting.further),
        (verbs.HAND_OVER_PRESS, acting.open_hand_over),
        (verbs.UNDO, acting.undo),
        (verbs.REOPEN, acting.open_reopen),
        (verbs.SNOOZE, acting.snooze),
        (verbs.KEEP, acting.keep),
        (verbs.SHOW, acting.show),
    ):
        app.press(verb, naming(desk, run))
    for callback, take in (
        (verbs.ASK_FORM, asking.ask),
        (verbs.LINK_FORM, asking.link),
        (verbs.DECIDE_FORM, acting.decide),
        (verbs.INPUT_FORM, acting.give_input),
        (verbs.NEED_FORM, acting.need),
        (verbs.GIVE_FORM, acting.give),
        (verbs.HAND_OVER_FORM, acting.hand_over),
        (verbs.DUE_FORM, acting.due),
        (verbs.ESCALATE_FORM, acting.escalate),
        (verbs.WITHDRAW_FORM, acting.withdraw),
        (verbs.REOPEN_FORM, acting.reopen),
    ):
        app.form(callback, naming(desk, take))
    exchange.register(app)
    app.home(home.part(desk))
    app.press(verbs.COUNTED, summaries.counted)
    app.calling(
        Calling("decision.summary", summary.plans, summaries.occurs, summaries.skipped, "decisions are summed up")
    )
    app.job_apart(verbs.SUMMARY, JobApart(summaries.gather_weekly, summed, summaries.tell_weekly))
    app.job_apart(verbs.STATS, JobApart(summaries.gather_stats, summed, summaries.tell_stats))
    app.job(verbs.SETTLE, ticks.settle)
    app.job(verbs.REMIND, ticks.remind, "decision {}: reminders")
    app.job(verbs.REVISIT, ticks.revisit, "decision {} is looked at again")
    app.job(verbs.PLAN_ANEW, ticks.plan_anew)
    app.job(verbs.SHOW_ANEW, ticks.show_anew)
    app.on_settings(ticks.settings_changed)
    app.keeps(telling.still_needed)
    for name, why, without in PICTURE_SCOPES:
        app.scope(name, why, without)
    _refusals(app)


MENU = "It becomes the question, and the card links back to it"


def naming(desk: Desk, run: Callable[[By], Awaitable[Reply]]) -> Callable[[By], Awaitable[Reply]]:
    """Does the same, and looks up what people are called of whom a refusal tells: a form shows no mention, and nobody
    is to be called by one. Of decisions that she may not see it tells nothing."""

    async def named(by: By) -> Reply:
        try:
            return await run(by)
        except refusals.About as why:
            why.decision, why.names = await desk.database.read(telling.refused, by.workspace, by.user, why.decision)
            why.reader = by.user
            raise

    return named


def _refusals(app: Registry) -> None:
    app.refusal(refusals.NoSuchDecision, lambda why: WORDS.no_such_decision(why.number))
    app.refusal(refusals.NotYoursToDecide, lambda why: WORDS.not_yours_to_decide(why.decision, why.names))
    app.refusal(refusals.NotYoursToPutOff, lambda why: WORDS.not_yours_to_put_off(why.decision, why.names))
    app.refusal(refusals.NotYoursToChange, lambda why: WORDS.not_yours_to_change(why.decision, why.names))
    app.refusal(refusals.AlreadyClosed, lambda why: WORDS.already_closed(why.decision, why.names, why.reader))
    app.refusal(refusals.NotClosed, lambda _: WORDS.not_closed())
    app.refusal(refusals.TooLateToUndo, lambda _: WORDS.too_late_to_undo())
    app.refusal(refusals.NothingToUndo, lambda why: WORDS.nothing_to_undo(why.decision))
    app.refusal(refusals.WaitsAlready, lambda _: WORDS.waits_already())
    app.refusal(refusals.NothingToRevisit, lambda _: WORDS.nothing_to_revisit())
    app.refusal(refusals.CannotSee, lambda why: WORDS.cannot_see_them(why.field))
    app.refusal(refusals.NotForOutsiders, lambda _: WORDS.not_for_outsiders())

"""What people do with a decision: say what they think, decide, undo, ask for more, hand over, put off, withdraw."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from bot.desk import Desk
from bot.features.decisions import telling, ticks, verbs
from bot.features.decisions.asking import Asking, answers
from bot.features.decisions.drafting import due_of
from bot.features.decisions.views import PLAIN, WORDS, card, forms, lists, notes
from bot.settings import Resolved
from bot.slack.payloads import Form, Press
from bot.slack.replies import Errors, Open, Reply, Say
from rituals.calendar import at_wall, next_working_day
from rituals.decisions import rules
from rituals.decisions.records import Changed, Decision, Sheet
from rituals.decisions.refusals import CannotSee, NotYoursToChange, NotYoursToDecide
from rituals.decisions.usecases import changing, reading
from rituals.people.rules import local_day
from rituals.people.store import PeopleStore
from rituals.tables import Tx


class Acting:
    def __init__(self, desk: Desk, asking: Asking) -> None:
        self._desk, self._asking = desk, asking

    async def option(self, press: Press) -> Reply:
        """One tap: the decider gets the form with this option chosen; for everybody else it is what she would take."""
        of, settings = await self._sheet(press)
        decision, nth = of.decision, int(press.carried["at"])
        rules.must_be_open(decision)
        if press.user == decision.decider:
            return Open(forms.decide(of, await self._seen(press, of, settings), press.user, nth))
        option = decision.options[nth]
        await self._input(press, option, "")
        return Say(*notes.would_take(option))

    async def open_decide(self, press: Press) -> Reply:
        of, settings = await self._sheet(press)
        rules.must_be_open(of.decision)
        if press.user not in {of.decision.decider, of.decision.driver, *settings.admins}:
            raise NotYoursToDecide(of.decision)
        return Open(forms.decide(of, await self._seen(press, of, settings), press.user))

    async def decide(self, form: Form) -> Reply:
        of, settings = await self._sheet(form)
        outcome = _outcome(form, of.decision)
        if not outcome:
            return Errors({"outcome": PLAIN.say_what()})
        chosen = form.fields.get("revisit")
        revisit_on = date.fromisoformat(chosen) if chosen else None
        if revisit_on and revisit_on <= local_day(self._desk.now(), settings.calendar.zone):
            return Errors({"revisit": PLAIN.not_today()})
        why = str(form.fields.get("why") or "").strip()
        await self._change(form, _decide, outcome, why, revisit_on)
        return None

    async def open_input(self, press: Press) -> Reply:
        of, _ = await self._sheet(press)
        rules.must_be_open(of.decision)
        mine = next((each for each in of.inputs if each.user == press.user), None)
        chosen = mine.option if mine else None
        nth = of.decision.options.index(chosen) if chosen in of.decision.options else None
        return Open(forms.give_input(of.decision, nth, mine.text if mine else ""))

    async def give_input(self, form: Form) -> Reply:
        of, _ = await self._sheet(form)
        chosen, text = form.fields.get("option"), str(form.fields.get("text") or "").strip()
        if chosen is None and not text:
            return Errors({"text": PLAIN.say_something()})
        await self._input(form, of.decision.options[int(chosen)] if chosen is not None else None, text)
        return Say(WORDS.input_kept())

    async def open_need(self, press: Press) -> Reply:
        of, settings = await self._sheet(press)
        rules.must_be_open(of.decision)
        if press.user not in {of.decision.decider, of.decision.driver, *settings.admins}:
            raise NotYoursToDecide(of.decision)
        return Open(forms.need(of.decision))

    async def need(self, form: Form) -> Reply:
        return await self._said(form, changing.need_information)

    async def open_give(self, press: Press) -> Reply:
        of, _ = await self._sheet(press)
        rules.must_be_open(of.decision)
        return Open(forms.give(of.decision))

    async def give(self, form: Form) -> Reply:
        return await self._said(form, _give)

    async def further(self, press: Press) -> Reply:
        """One of the ways on that are folded away on the card."""
        carried = card.carried_by(press.chosen)
        of, settings = await self._sheet(press, carried.get("id"))
        do = str(carried.get("do"))
        if do == verbs.SHOW:
            return await self._page(press, of, settings)
        return Open(self._form(do, press.user, of, await self._seen(press, of, settings), settings))

    async def open_hand_over(self, press: Press) -> Reply:
        of, settings = await self._sheet(press)
        seen = await self._seen(press, of, settings)
        return Open(self._form(verbs.HAND_OVER, press.user, of, seen, settings))

    def _form(self, do: str, user: str, of: Sheet, seen: Any, settings: Resolved) -> Any:
        decision = of.decision
        rules.must_be_open(decision)
        if user not in {decision.asker, decision.decider, decision.driver, *settings.admins}:
            raise NotYoursToChange(decision)
        if do == verbs.DUE:
            return forms.due(decision, seen)
        return {verbs.HAND_OVER: forms.hand_over, verbs.ESCALATE: forms.escalate, verbs.WITHDRAW: forms.withdraw}[do](
            decision
        )

    async def hand_over(self, form: Form) -> Reply:
        return await self._to_person(form, changing.hand_over)

    async def escalate(self, form: Form) -> Reply:
        return await self._to_person(form, changing.escalate)

    async def _to_person(self, form: Form, change: Callable[..., Changed]) -> Reply:
        """Somebody is named who is not the decider, can answer, and sees the channel."""
        of, settings = await self._sheet(form)
        person = str(form.fields["person"] or "")
        member = await self._desk.database.read(_member, form.workspace, person)
        if person == of.decision.decider:
            return Errors({"person": PLAIN.choose_other()})
        if not answers(member, settings):
            return Errors({"person": PLAIN.no_bot_decides()})
        try:
            await self._change(form, change, person)
        except CannotSee:
            return Errors({"person": PLAIN.cannot_see([member.name])})
        return None

    async def due(self, form: Form) -> Reply:
        settings = await self._asking.settings_for(form.workspace, form.user)
        due_at = due_of(form.fields.get("due"), settings, self._desk.now())
        if isinstance(due_at, str):
            return Errors({"due": due_at})
        await self._change(form, changing.change_due, due_at)
        return None

    async def withdraw(self, form: Form) -> Reply:
        await self._change(form, _withdraw, str(form.fields.get("text") or "").strip())
        return None

    async def undo(self, press: Press) -> Reply:
        await self._change(press, changing.undo)
        return None

    async def open_reopen(self, press: Press) -> Reply:
        of, settings = await self._sheet(press)
        decision = of.decision
        rules.must_be_closed(decision)
        if press.user not in {decision.asker, decision.decider, decision.driver, *settings.admins}:
            raise NotYoursToChange(decision)
        return Open(forms.reopen(decision))

    async def reopen(self, form: Form) -> Reply:
        return await self._said(form, _reopen)

    async def snooze(self, press: Press) -> Reply:
        """Until she begins work on her next working day."""
        settings, now = await self._asking.settings_for(press.workspace, press.user), self._desk.now()
        once, number = (press.workspace, press.key), press.carried["id"]
        day = await self._desk.database.write(_snooze, press.workspace, number, press.user, settings, now, once=once)
        return Say(WORDS.snoozed(day))

    async def keep(self, press: Press) -> Reply:
        settings, now = await self._asking.settings_for(press.workspace, press.user), self._desk.now()
        once, number = (press.workspace, press.key), press.carried["id"]
        await self._desk.database.write(ticks.keep, press.workspace, number, press.user, settings, now, once=once)
        return Say(WORDS.kept())

    async def show(self, press: Press) -> Reply:
        of, settings = await self._sheet(press)
        return await self._page(press, of, settings)

    async def _page(self, press: Press, of: Sheet, settings: Resolved) -> Reply:
        seen = await self._seen(press, of, settings)
        return Open(lists.page(of, seen, press.user))

    async def _said(self, form: Form, change: Callable[..., Changed]) -> Reply:
        """A form with one text, which must not be empty."""
        text = str(form.fields.get("text") or "").strip()
        if not text:
            return Errors({"text": PLAIN.say_something()})
        await self._change(form, change, text)
        return None

    async def _input(self, by: Press | Form, option: str | None, text: str) -> None:
        settings, once = await self._asking.settings_for(by.workspace, by.user), (by.workspace, by.key)
        number, now = by.carried["id"], self._desk.now()
        await self._desk.database.write(_input, by.workspace, number, by.user, option, text, settings, now, once=once)

    async def _change(self, by: Press | Form, change: Callable[..., Changed], *values: Any) -> Changed:
        settings, once = await self._asking.settings_for(by.workspace, by.user), (by.workspace, by.key)
        changed: Changed = await self._desk.database.write(
            _changed, change, by.workspace, by.carried["id"], by.user, values, settings, self._desk.now(), once=once
        )
        return changed

    async def _sheet(self, by: Press | Form, number: Any = None) -> tuple[Sheet, Resolved]:
        settings = await self._asking.settings_for(by.workspace, by.user)
        wanted = by.carried["id"] if number is None else number
        return await self._desk.database.read(reading.sheet, by.workspace, wanted, by.user), settings

    async def _seen(self, by: Press | Form, of: Sheet, settings: Resolved) -> Any:
        return await self._desk.database.read(telling.seen_of, by.workspace, of, settings, self._desk.now())


def _changed(
    tx: Tx,
    change: Callable[..., Changed],
    workspace: str,
    number: int,
    user: str,
    values: tuple[Any, ...],
    settings: Resolved,
    now: datetime,
) -> Changed:
    if change in (_decide, _withdraw, _reopen):
        values = (*values, settings)
    changed = change(tx, workspace, number, user, *values, now, admins=settings.admins)
    telling.tell(tx, workspace, changed, settings, now)
    return changed


def _decide(
    tx: Tx,
    workspace: str,
    number: int,
    user: str,
    outcome: str,
    why: str,
    revisit_on: date | None,
    settings: Resolved,
    now: datetime,
    *,
    admins: frozenset[str],
) -> Changed:
    return changing.decide(
        tx, workspace, number, user, outcome, why, settings.calendar, now, revisit_on=revisit_on, admins=admins
    )


def _withdraw(
    tx: Tx,
    workspace: str,
    number: int,
    user: str,
    why: str,
    settings: Resolved,
    now: datetime,
    *,
    admins: frozenset[str],
) -> Changed:
    return changing.withdraw(tx, workspace, number, user, why, settings.calendar, now, admins=admins)


def _reopen(
    tx: Tx,
    workspace: str,
    number: int,
    user: str,
    why: str,
    settings: Resolved,
    now: datetime,
    *,
    admins: frozenset[str],
) -> Changed:
    due_at = rules.due_after(settings.calendar, now, settings.decisions.due_days)
    return changing.reopen(tx, workspace, number, user, why, due_at, now, admins=admins)


def _give(
    tx: Tx, workspace: str, number: int, user: str, text: str, now: datetime, *, admins: frozenset[str]
) -> Changed:
    """Anybody who sees it may: admins have no say in what is known."""
    return changing.give_information(tx, workspace, number, user, text, now)


def _input(
    tx: Tx,
    workspace: str,
    number: int,
    user: str,
    option: str | None,
    text: str,
    settings: Resolved,
    now: datetime,
) -> None:
    decision = changing.give_input(tx, workspace, number, user, option, text, now)
    of = telling.sheet(tx, workspace, decision, settings)
    telling.show(tx, workspace, of, telling.seen_of(tx, workspace, of, settings, now), now)


def _snooze(tx: Tx, workspace: str, number: int, user: str, settings: Resolved, now: datetime) -> date:
    """Her day on which she is reminded again."""
    member, calendar = PeopleStore(tx, workspace).member(user), settings.calendar
    zone, country = (member.zone, member.country) if member else (calendar.zone, None)
    day = next_working_day(calendar, local_day(now, zone) + timedelta(days=1), country)
    until = at_wall(f"{day}T{calendar.opens:%H:%M}", zone)
    decision = changing.snooze(tx, workspace, number, user, until)
    telling.plan_reminder(tx, workspace, decision, settings, now)
    return day


def _member(tx: Tx, workspace: str, user: str) -> Any:
    return PeopleStore(tx, workspace).member(user)


def _outcome(form: Form, of: Decision) -> str:
    """The option that was chosen, with what was said beside it; or only that."""
    said, chosen = str(form.fields.get("outcome") or "").strip(), form.fields.get("option")
    if chosen in (None, forms.OTHER):
        return said
    option = of.options[int(chosen)]
    return f"{option}: {said}" if said else option

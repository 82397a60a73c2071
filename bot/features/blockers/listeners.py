"""What people do with a blocker: take it, answer it, pass it on, resolve it, reopen it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.desk import Desk
from bot.features.blockers import home, telling, views
from bot.registry import Registry
from bot.slack.payloads import Form, Press
from bot.slack.replies import Open, Reply, Say
from rituals.blockers import usecases
from rituals.blockers.rules import AlreadyResolved, Changed, NoSuchBlocker, NotResolved, NotYours
from rituals.tables import Tx


def register(app: Registry, desk: Desk) -> None:
    listeners = Listeners(desk)
    app.press(views.TAKE, listeners.take)
    app.press(views.ANSWER, listeners.open_answer)
    app.press(views.NOT_OURS, listeners.open_not_ours)
    app.press(views.RESOLVE, listeners.resolve)
    app.press(views.REOPEN, listeners.reopen)
    app.form(views.ANSWER_FORM, listeners.answer)
    app.form(views.NOT_OURS_FORM, listeners.not_ours)
    app.home(home.part(desk))
    app.keeps(telling.still_needed)
    app.refusal(NotYours, lambda _: views.WORDS.not_yours())
    app.refusal(NoSuchBlocker, lambda _: views.WORDS.no_such_blocker())
    app.refusal(AlreadyResolved, lambda _: views.WORDS.already_resolved())
    app.refusal(NotResolved, lambda _: views.WORDS.not_resolved())


class Listeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def take(self, press: Press) -> Reply:
        return await self._change(press, press.carried["id"], usecases.take)

    async def resolve(self, press: Press) -> Reply:
        return await self._change(press, press.carried["id"], usecases.resolve)

    async def reopen(self, press: Press) -> Reply:
        return await self._change(press, press.carried["id"], usecases.reopen)

    async def open_answer(self, press: Press) -> Reply:
        return Open(await self._desk.database.read(_answer_form, press))

    async def open_not_ours(self, press: Press) -> Reply:
        return Open(await self._desk.database.read(_not_ours_form, self._desk, press))

    async def answer(self, form: Form) -> Reply:
        await self._change(form, form.carried["id"], usecases.answer, form.fields["answer"])
        return None

    async def not_ours(self, form: Form) -> Reply:
        chosen = form.fields["function"]
        await self._change(form, form.carried["id"], usecases.not_ours, None if chosen == views.NOBODY else chosen)
        return None

    async def _change(self, by: Press | Form, blocker_id: str, change: Callable[..., Changed], *values: Any) -> Reply:
        once = (by.workspace, by.key)
        changed = await self._desk.database.write(
            _changed, self._desk, change, by.workspace, blocker_id, by.user, values, self._desk.now(), once=once
        )
        # App Home shows by itself what has become of it.
        return () if isinstance(by, Press) and by.surface == "home" else Say(*views.done(changed))


def _changed(
    tx: Tx,
    desk: Desk,
    change: Callable[..., Changed],
    workspace: str,
    blocker_id: str,
    user: str,
    values: tuple[Any, ...],
    now: datetime,
) -> Changed:
    settings = desk.settings.read(tx, workspace)
    changed = change(tx, workspace, blocker_id, user, *values, now, admins=settings.admins)
    telling.tell(tx, workspace, changed, settings, now)
    return changed


def _answer_form(tx: Tx, press: Press) -> Any:
    blocker = usecases.get(tx, press.workspace, press.carried["id"])
    return views.answer_form(blocker, telling.names_for(tx, press.workspace, blocker))


def _not_ours_form(tx: Tx, desk: Desk, press: Press) -> Any:
    blocker = usecases.get(tx, press.workspace, press.carried["id"])
    functions = desk.settings.read(tx, press.workspace).functions_by_key
    return views.not_ours_form(blocker, functions, telling.names_for(tx, press.workspace, blocker))

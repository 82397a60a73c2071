"""What people write into the glossary: by form, each change kept and told in one transaction."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.desk import Desk
from bot.features.glossary import changing, telling, verbs
from bot.features.glossary.looking import in_place, reader_of
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.views import PLAIN, WORDS, card, forms, lists, notes
from bot.settings import Resolved
from bot.slack import blocks
from bot.slack.payloads import Form, Press
from bot.slack.replies import Errors, Open, Refresh, Reply, Say
from glossary import checking
from glossary.terms import Suggestion, Term, Wording
from glossary.usecases import editing, owners
from glossary.usecases.editing import Met


class Writing:
    def __init__(self, desk: Desk, shelves: Shelves) -> None:
        self._desk, self._shelves = desk, shelves

    async def open_add(self, press: Press) -> Reply:
        """From a miss, a question in a channel, a gap, or nothing at all."""
        settings = await self._desk.settings.of(press.workspace)
        carried = {name: press.carried[name] for name in ("note", "key") if name in press.carried}
        if press.verb == verbs.EXPLAIN:
            carried |= {"channel": press.channel, "ts": press.message_ts}
        return Open(add_form(press.carried.get("asked", ""), press.user, settings, **carried))

    async def add(self, form: Form) -> Reply:
        wording = forms.written(form.fields)
        if wrong := errors(wording, form.fields) or await self._unfit(form, wording):
            return wrong
        changed = await self._write(form, changing.add, wording)
        return Say(WORDS.added(changed.term.name, changed.term.state == "accepted"))

    async def open_edit(self, press: Press) -> Reply:
        """Of the meaning that her button was about, else the first."""
        settings = await self._desk.settings.of(press.workspace)
        reader_of(settings, press.user)
        term = await self._desk.database.read(editing.get, press.workspace, press.carried["term"])
        carried = {name: press.carried[name] for name in ("note",) if name in press.carried}
        direct = settings.glossary.may_change(term.wording, press.user)
        if len(term.wording.senses) > 1 and "at" not in press.carried:
            return Open(forms.which_sense(term, settings.glossary, **carried))
        nth = press.carried.get("at", 0)
        return Open(forms.edit(term, nth, settings.glossary, direct=direct, **carried))

    async def edit_sense(self, press: Press) -> Reply:
        """One of several meanings was chosen: the form takes the place of the choice."""
        opened = await self.open_edit(press)
        return Refresh(opened.view) if isinstance(opened, Open) and press.surface == "modal" else opened

    async def edit(self, form: Form) -> Reply:
        base, nth = form.carried["base"], form.carried["at"]
        before = await self._desk.database.read(changing.wording_at, form.workspace, form.carried["term"], base)
        wording = forms.written(form.fields, before, nth)
        return await self._changed(form, wording, base, nth)

    async def open_new_sense(self, press: Press) -> Reply:
        settings = await self._desk.settings.of(press.workspace)
        term = await self._desk.database.read(editing.get, press.workspace, press.carried["term"])
        direct = settings.glossary.may_change(term.wording, press.user)
        return Open(forms.new_sense(term, settings.glossary, direct=direct))

    async def new_sense(self, form: Form) -> Reply:
        base = form.carried["base"]
        before = await self._desk.database.read(changing.wording_at, form.workspace, form.carried["term"], base)
        wording = forms.written(form.fields, before, len(before.senses))
        if len(wording.senses) == len(before.senses):
            return Errors({"business": PLAIN.fault("unsaid", 0)})
        return await self._changed(form, wording, base, len(before.senses))

    async def _changed(self, form: Form, wording: Wording, base: int, nth: int) -> Reply:
        if wrong := errors(wording, form.fields) or await self._unfit(form, wording):
            return wrong
        done = await self._write(form, changing.edit, wording, base, str(form.fields.get("note") or ""))
        if isinstance(done, Met):
            return Refresh(await self._meeting(form, done, nth))
        if done is None:
            return Say(WORDS.unchanged(wording.name))
        if isinstance(done, Suggestion):
            return Say(WORDS.suggested(wording.name))
        return Say(WORDS.edited(done.term.name))

    async def _unfit(self, form: Form, wording: Wording) -> Errors | None:
        """Somebody was chosen as an owner who cannot answer for anything here."""
        chosen = {name: form.fields.get(name) for name in ("business_owner", "technical_owner")}
        users = {user for user in chosen.values() if user}
        if not users:
            return None
        settings = await self._desk.settings.of(form.workspace)
        fit = await self._desk.database.read(owners.reachable, form.workspace, users, settings.outsiders)
        wrong = {name: PLAIN.unfit() for name, user in chosen.items() if user and user not in fit}
        return Errors(wrong) if wrong else None

    async def _meeting(self, form: Form, met: Met, nth: int) -> blocks.Block:
        """Her form again, with what the others wrote above it, against what the term says now."""
        settings = await self._desk.settings.of(form.workspace)
        users = {met.by, *met.term.wording.owners, *met.wording.owners}
        names = await self._desk.database.read(telling.names_for, form.workspace, users)
        above = notes.met(met.theirs, met.by, names, telling.domains(settings))
        carried = {name: form.carried[name] for name in ("note", "suggestion") if name in form.carried}
        direct = settings.glossary.may_change(met.term.wording, form.user)
        return forms.edit(met.term, nth, settings.glossary, direct=direct, wording=met.wording, met=above, **carried)

    async def open_history(self, press: Press) -> Reply:
        return Open(await self.history_of(press.workspace, press.user, press.carried["term"]))

    async def history_of(self, workspace: str, user: str, term_id: str) -> blocks.Block:
        settings = await self._desk.settings.of(workspace)
        reader_of(settings, user)
        term, revisions, names = await self._desk.database.read(changing.history, workspace, term_id)
        return lists.history(term, revisions, names, tends=settings.glossary.tends(term.wording, user))

    async def open_dispute(self, press: Press) -> Reply:
        return Open(forms.dispute(await self._term(press)))

    async def dispute(self, form: Form) -> Reply:
        done = await self._write(form, changing.dispute, str(form.fields["reason"] or ""))
        return Say(WORDS.now(done.term.name, "disputed"))

    async def open_retire(self, press: Press) -> Reply:
        term = await self._term(press)
        new = await self._desk.database.read(editing.only_suggested, press.workspace, term.id)
        return Open(forms.decline(term) if new else forms.retire(term))

    async def retire(self, form: Form) -> Reply:
        done = await self._write(form, changing.retire, str(form.fields.get("reason") or ""))
        return Say(WORDS.now(done.term.name, done.term.state))

    async def accept(self, press: Press) -> Reply:
        done = await self._write(press, changing.accept)
        return await self._page(press, done.term) or Say(WORDS.now(done.term.name, "accepted"))

    async def revert(self, press: Press) -> Reply:
        await self._write(press, changing.revert)
        return Refresh(await self.history_of(press.workspace, press.user, press.carried["term"]))

    async def take(self, press: Press) -> Reply:
        """A suggestion, as it is. Where the term has changed since, it opens for editing instead."""
        done = await self._write(press, changing.take)
        return Open(await self._overtaken(press, done)) if isinstance(done, Met) else None

    async def _overtaken(self, press: Press, met: Met) -> blocks.Block:
        """The suggestion in the form, against what the term says now, and what that is where the two differ."""
        settings = await self._desk.settings.of(press.workspace)
        users = {*met.term.wording.owners, *met.wording.owners}
        names = await self._desk.database.read(telling.names_for, press.workspace, users)
        above = notes.met(met.theirs, None, names, telling.domains(settings))
        nth, suggestion = _first_changed(met.term.wording, met.wording), press.carried["id"]
        direct = settings.glossary.may_change(met.term.wording, press.user)
        return forms.edit(
            met.term, nth, settings.glossary, direct=direct, wording=met.wording, met=above, suggestion=suggestion
        )

    async def open_taking(self, press: Press) -> Reply:
        """A suggestion in the form, so that the steward may put it in her own words."""
        settings = await self._desk.settings.of(press.workspace)
        made, term, shown = await self._desk.database.read(
            changing.suggested, press.workspace, press.carried["id"], settings
        )
        nth = _first_changed(term.wording, made.wording)
        direct = settings.glossary.may_change(term.wording, press.user)
        fill = partial(forms.edit, term, nth, settings.glossary, direct=direct, above=shown)
        return Open(fill(wording=made.wording, base=made.base, suggestion=made.id))

    async def decline(self, press: Press) -> Reply:
        await self._write(press, changing.decline)
        return None

    async def confirm(self, press: Press) -> Reply:
        await self._write(press, changing.confirm)
        return await self._page(press, await self._term(press))

    async def _page(self, press: Press, term: Term) -> Reply:
        """The page that she pressed on, as it is now; None where she pressed in a message."""
        if press.surface != "modal":
            return None
        settings = await self._desk.settings.of(press.workspace)
        reader = reader_of(settings, press.user)
        return Refresh(card.page(term, reader, settings.glossary, self._desk.now()))

    async def open_not_meant(self, press: Press) -> Reply:
        """Other meanings, other terms with the same name or nearly, and a line to whoever answers for this one."""
        settings = await self._desk.settings.of(press.workspace)
        reader = reader_of(settings, press.user)
        shelf = await self._shelves.of(press.workspace)
        term = await self._term(press)
        others = [other for other in shelf.look_up(term.name) if other.id != term.id]
        search = shelf.near(term.name)
        for _ in search:
            await asyncio.sleep(0)
        others += [other for other in shelf.terms(search.ids) if other.id != term.id and other not in others]
        choices = [
            (f"sense.{nth}", forms.sense_label(sense, settings.glossary))
            for nth, sense in enumerate(term.wording.senses)
            if nth
        ]
        choices += [(other.id, card.line_of(other, reader, plain=True)) for other in others[:5]]
        return Open(forms.not_meant(term, choices))

    async def not_meant(self, form: Form) -> Reply:
        """Another meaning is shown at once; a line goes to whoever answers for the term."""
        settings = await self._desk.settings.of(form.workspace)
        reader, chosen = reader_of(settings, form.user), form.fields.get("other")
        line = " ".join(str(form.fields.get("line") or "").split())
        told = await self._write(form, changing.tell_owner, line) if line else None
        if chosen:
            term_id = form.carried["term"] if str(chosen).startswith("sense.") else str(chosen)
            term = await self._desk.database.read(editing.get, form.workspace, term_id)
            first = int(str(chosen).removeprefix("sense.")) if str(chosen).startswith("sense.") else 0
            return Refresh(card.page(term, reader, settings.glossary, self._desk.now(), first=first))
        name = (await self._desk.database.read(editing.get, form.workspace, form.carried["term"])).name
        if told is None:
            return None
        return Say(WORDS.to_owner_sent(name) if told else WORDS.nobody_to_tell(name))

    async def ask_channel(self, press: Press) -> Reply:
        """Without the name of who asks; once a week for a word and channel."""
        word = press.carried["asked"]
        asked = await self._write(press, changing.ask_channel)
        if asked is None and (press.channel or "").startswith("D"):
            return Say(WORDS.ask_elsewhere())
        if asked is None:
            return in_place(press, card.miss(word, WORDS.ask_not_in(self._desk.bot_user)))
        return Say(WORDS.asked_now(word) if asked else WORDS.asked_already(word))

    async def _term(self, press: Press) -> Term:
        settings = await self._desk.settings.of(press.workspace)
        reader_of(settings, press.user)
        return await self._desk.database.read(editing.get, press.workspace, press.carried["term"])

    async def _write(self, by: Press | Form, body: Callable[..., Any], *values: Any) -> Any:
        settings, now, once = await self._desk.settings.of(by.workspace), self._desk.now(), (by.workspace, by.key)
        reader_of(settings, by.user)
        done = await self._desk.database.write(body, by, settings, now, *values, once=once)
        self._shelves.forget(by.workspace)
        return done


def add_form(asked: str, user: str, settings: Resolved, **carried: Any) -> blocks.Block:
    reader = reader_of(settings, user)
    return forms.add(asked, reader.sides, settings.glossary, **carried)


def errors(wording: Wording, fields: Mapping[str, Any]) -> Errors | None:
    """A sentence beside each field of the form that is wrong."""
    found: dict[str, str] = {}
    for fault in checking.faults(wording):
        field = fault.field if fault.field in fields else next(iter(fields))
        found.setdefault(field, PLAIN.fault(fault.what, fault.limit))
    return Errors(found) if found else None


def _first_changed(before: Wording, after: Wording) -> int:
    """The first meaning that a suggestion changes."""
    pairs = zip(before.senses, after.senses, strict=False)
    changed = next((nth for nth, (one, other) in enumerate(pairs) if one != other), None)
    return changed if changed is not None else max(0, min(len(before.senses), len(after.senses) - 1))

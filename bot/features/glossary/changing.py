"""What one form or press does to the glossary, in one transaction: the change, who hears of it, what it settles."""

from datetime import datetime
from typing import Any

from bot import outbox
from bot.features.glossary import telling, verbs
from bot.features.glossary.views import WORDS, card
from bot.outbox import Post
from bot.settings import Resolved
from bot.slack.blocks import Block
from bot.slack.payloads import Form, Press
from glossary.terms import Suggestion, Term, Wording
from glossary.usecases import editing
from glossary.usecases.asking import week_of
from glossary.usecases.editing import Changed, Met
from glossary.words import key
from rituals.people.store import PeopleStore
from rituals.tables import Tx


def add(tx: Tx, form: Form, settings: Resolved, now: datetime, wording: Wording) -> Changed:
    done = editing.add(tx, form.workspace, wording, form.user, settings.glossary, now)
    if done.term.state == "suggested":
        telling.new_term(tx, form.workspace, done.term, settings, now)
    if "note" in form.carried:
        sentence = WORDS.gap_added(done.term.name, done.term.state == "accepted")
        note, word = form.carried["note"], form.carried["key"]
        telling.gap_settled(tx, form.workspace, note, word, sentence, settings, now)
    if "ts" in form.carried:
        _explain_in_thread(tx, form, done.term, settings, now)
    return done


def _explain_in_thread(tx: Tx, form: Form, term: Term, settings: Resolved, now: datetime) -> None:
    """Under the question that somebody answered, where the bot may speak there; the question has no button any more."""
    channel, ts = form.carried["channel"], form.carried["ts"]
    known = PeopleStore(tx, form.workspace).channel(channel)
    if known is not None and known.bot_in:
        name = telling.name_of(tx, form.workspace, form.user)
        text, parts = card.shared(term, card.Reader(form.user), settings.glossary, now, name)
        post = Post(
            key=verbs.explained(channel, ts, term.id),
            channel=channel,
            text=text,
            blocks=parts,
            thread_ts=ts,
            ritual="glossary",
            kind="answer",
        )
        outbox.put(tx, form.workspace, post, now)
        asked = outbox.key_of(tx, form.workspace, channel, ts)
        shown = outbox.shown(tx, form.workspace, asked) if asked else None
        if asked and shown:
            outbox.amend(tx, form.workspace, asked, shown[0], card.answered(shown[1], name), now)


def edit(
    tx: Tx, form: Form, settings: Resolved, now: datetime, wording: Wording, base: int, note: str
) -> Changed | Suggestion | Met | None:
    term_id, workspace = form.carried["term"], form.workspace
    done = editing.edit(tx, workspace, term_id, base, wording, form.user, settings.glossary, now, note)
    if isinstance(done, Suggestion):
        telling.suggestion(tx, workspace, done, settings, now)
    elif isinstance(done, Changed):
        _after_edit(tx, form, done, settings, now)
    return done


def _after_edit(tx: Tx, form: Form, done: Changed, settings: Resolved, now: datetime) -> None:
    """What waited for this change has been dealt with."""
    workspace, term = form.workspace, done.term
    telling.new_term_settled(tx, workspace, done, "edited", settings, now)
    if "note" in form.carried:
        telling.line_settled(tx, workspace, form.carried["note"], term.id, WORDS.updated(term.name), now)
    taken = editing.settle_edited(tx, workspace, form.carried.get("suggestion", ""), form.user)
    if taken is not None:
        telling.settled(tx, workspace, taken.id, term, taken.by, form.user, "edited", settings, now)


def dispute(tx: Tx, form: Form, settings: Resolved, now: datetime, reason: str) -> Changed:
    done = editing.dispute(tx, form.workspace, form.carried["term"], reason, form.user, now)
    telling.disputed(tx, form.workspace, done.term, settings, now)
    return done


def retire(tx: Tx, form: Form, settings: Resolved, now: datetime, reason: str) -> Changed:
    does = editing.decline_new if "new" in form.carried else editing.retire
    done = does(tx, form.workspace, form.carried["term"], reason, form.user, settings.glossary, now)
    telling.new_term_settled(tx, form.workspace, done, "declined", settings, now)
    if done.term.state == "declined":
        for made in editing.decline_all(tx, form.workspace, done.term.id, form.user):
            telling.settled(tx, form.workspace, made.id, done.term, made.by, form.user, "declined", settings, now)
    return done


def accept(tx: Tx, press: Press, settings: Resolved, now: datetime) -> Changed:
    done = editing.accept(tx, press.workspace, press.carried["term"], press.user, settings.glossary, now)
    telling.new_term_settled(tx, press.workspace, done, "accepted", settings, now)
    return done


def revert(tx: Tx, press: Press, settings: Resolved, now: datetime) -> Changed | None:
    term_id, n = press.carried["term"], press.carried["n"]
    return editing.revert(tx, press.workspace, term_id, n, press.user, settings.glossary, now)


def take(tx: Tx, press: Press, settings: Resolved, now: datetime) -> Changed | Met:
    done = editing.take(tx, press.workspace, press.carried["id"], press.user, settings.glossary, now)
    if isinstance(done, Changed) and done.suggestion is not None:
        made = done.suggestion
        telling.settled(tx, press.workspace, made.id, done.term, made.by, press.user, "accepted", settings, now)
    return done


def decline(tx: Tx, press: Press, settings: Resolved, now: datetime) -> None:
    made = editing.decline(tx, press.workspace, press.carried["id"], press.user, settings.glossary)
    term = editing.get(tx, press.workspace, made.term)
    telling.settled(tx, press.workspace, made.id, term, made.by, press.user, "declined", settings, now)


def confirm(tx: Tx, press: Press, settings: Resolved, now: datetime) -> None:
    term = editing.confirm(tx, press.workspace, press.carried["term"], press.user, settings.glossary, now)
    note = press.carried.get("note")
    if note:
        telling.line_settled(tx, press.workspace, note, term.id, WORDS.confirmed(term.name), now)


def tell_owner(tx: Tx, form: Form, settings: Resolved, now: datetime, line: str) -> bool:
    term = editing.get(tx, form.workspace, form.carried["term"])
    return telling.owners(tx, form.workspace, term, form.user, line, form.key, settings, now)


def ask_channel(tx: Tx, press: Press, settings: Resolved, now: datetime) -> bool | None:
    """False: it was asked there already. None: the bot cannot speak there."""
    word, channel = press.carried["asked"], press.channel or ""
    known = PeopleStore(tx, press.workspace).channel(channel)
    if known is None or not known.bot_in:
        return None
    text, parts = card.question(word)
    key_ = verbs.asked(channel, key(word), week_of(now))
    post = Post(key=key_, channel=channel, text=text, blocks=parts, ritual="glossary", kind="question")
    return outbox.put(tx, press.workspace, post, now)


def history(tx: Tx, workspace: str, term_id: str) -> Any:
    term, revisions = editing.get(tx, workspace, term_id, declined=True), editing.history(tx, workspace, term_id)
    return term, revisions, telling.names_for(tx, workspace, {revision.by for revision in revisions})


def suggested(tx: Tx, workspace: str, suggestion_id: str, settings: Resolved) -> tuple[Suggestion, Term, list[Block]]:
    """With what it would change, to be shown."""
    made, term = editing.suggestion_of(tx, workspace, suggestion_id)
    return made, term, telling.what_changes(tx, workspace, made, term, settings)


def wording_at(tx: Tx, workspace: str, term_id: str, n: int) -> Wording:
    return editing.revision_of(tx, workspace, term_id, n).wording

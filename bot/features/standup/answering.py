"""What an answer sets in motion, each in the one transaction that keeps it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot import outbox
from bot.desk import Desk
from bot.engine import enqueue
from bot.features.standup import keys
from bot.features.standup.posting import (
    hide_entry,
    in_thread_already,
    names_in,
    show_entry,
)
from bot.features.standup.ticks import PEOPLE_CHANGED, SAY_AGAIN
from bot.features.standup.views import WORDS, asking, digest, questions, thread
from bot.features.standup.views.asking import Message
from bot.settings import Resolved
from bot.slack import blocks
from bot.slack.payloads import Form, Press, Said
from bot.slack.replies import Open, Reply, Say
from bot.words import called
from rituals.people import usecases as people
from rituals.people.store import PeopleStore
from rituals.standup import usecases
from rituals.standup.rules import Ambiguous, Answered, Round, Withdrawn
from rituals.standup.rules.answering import free_text_question
from rituals.tables import Tx


def form_for(tx: Tx, desk: Desk, workspace: str, user: str, round_id: str, now: datetime) -> Reply:
    """Her form for a round, filled with what she has said; refusals say why there is none."""
    settings = desk.settings.read(tx, workspace)
    of = usecases.form_of(tx, workspace, round_id, user, now)
    names = names_in(tx, workspace, (blocker.text for blocker in of.blockers))
    title, functions = of.round.standup.title, settings.functions_by_key
    view = questions.form(round_id, title, of.questions, of.answer, functions, of.blockers, names, of.readers)
    return Open(view)


def send(tx: Tx, desk: Desk, form: Form, now: datetime) -> tuple[Answered, bool]:
    """Keeps what the form brought and owes what the channel shall see; False if the bot is not in the channel."""
    settings = desk.settings.read(tx, form.workspace)
    answered = usecases.submit(
        tx,
        form.workspace,
        form.carried["round"],
        form.user,
        partial(questions.filled, form.fields),
        now,
        via="modal",
        resolved=questions.resolved(form.fields),
        calendar=settings.calendar,
    )
    follow(tx, desk, form.workspace, answered, settings, now)
    return answered, _bot_in(tx, form.workspace, answered.round.standup.channel)


def _bot_in(tx: Tx, workspace: str, channel: str) -> bool:
    known = PeopleStore(tx, workspace).channel(channel)
    return known is not None and known.bot_in


def follow(
    tx: Tx,
    desk: Desk,
    workspace: str,
    answered: Answered,
    settings: Resolved,
    now: datetime,
    *,
    seen_in_thread: bool = False,
) -> None:
    """What an answer sets in motion: the thread, its first message, the digest if it came late, those waited on."""
    round_ = answered.round
    # Her own reply in the thread shows her words already; once the bot has shown them too, its message follows.
    if answered.show and (
        not seen_in_thread or in_thread_already(tx, workspace, keys.answer(round_.id, answered.entry.user))
    ):
        show_entry(tx, workspace, round_, answered.entry, settings, now)
    if answered.is_new:
        _settle_prompt(tx, workspace, round_, answered.entry.user, thread.is_in(round_), now)
    if round_.state == "closed":
        enqueue(tx, workspace, SAY_AGAIN, round_.id)
    for changed in (*answered.raised, *answered.changed, *answered.resolved):
        desk.tell_blocker(tx, workspace, changed, settings, now)
    if answered.is_new:
        # Last, since all who answer at this moment meet here; other words of hers change no count.
        outbox.renew(tx, workspace, keys.board(round_.id), now)


def _settle_prompt(tx: Tx, workspace: str, round_: Round, user: str, message: Message, now: datetime) -> None:
    """Her prompt, and what reminded her, say how things stand instead of asking still; what is unsent stays unsent."""
    nths = range(len(round_.standup.reminders))
    reminders = [keys.remind(round_.id, user, nth + 1) for nth in nths]
    asked = (keys.prompt(round_.id, user), *reminders, keys.silent(round_.id, user))
    outbox.overtake(tx, workspace, asked, *message, now)


def reply(tx: Tx, desk: Desk, said: Said, now: datetime) -> Reply:
    """A reply in a thread: her update if it is the first of someone who owes one, else conversation."""
    round_id = round_of_thread(tx, said)
    if round_id is None:
        return None
    settings = desk.settings.read(tx, said.workspace)
    answered = usecases.take_thread_reply(
        tx, said.workspace, round_id, said.user, said.text, (said.channel, said.ts), now, settings.calendar
    )
    if answered is None:
        return ()
    follow(tx, desk, said.workspace, answered, settings, now, seen_in_thread=True)
    text, parts = thread.taken(round_id, _filled(answered))
    return Say(text, parts, thread_ts=said.thread_ts)


def direct(tx: Tx, desk: Desk, said: Said, now: datetime) -> Reply:
    """A direct message: an update where she owes one, and told so."""
    in_rounds = _rounds_of_thread(tx, said) if said.thread_ts else ()
    settings = desk.settings.read(tx, said.workspace)
    taken = usecases.take_dm(
        tx, said.workspace, said.user, said.text, (said.channel, said.ts), in_rounds, now, settings.calendar
    )
    if taken is None:
        return _nothing_owed(tx, said, now)
    if isinstance(taken, Ambiguous):
        return Say(*asking.which_round(taken.rounds))
    follow(tx, desk, said.workspace, taken, settings, now)
    standup = taken.round.standup
    uninvited = None if _bot_in(tx, said.workspace, standup.channel) else desk.bot_user
    at_the_close = standup.shows == "at the close"
    return Say(*thread.taken_dm(taken.round.id, standup.channel, at_the_close, _filled(taken), uninvited))


def _nothing_owed(tx: Tx, said: Said, now: datetime) -> Reply:
    """Words that are no update get one line: how to change the one that is in, or what there is to do here."""
    answered = [
        mine for mine in usecases.my_state(tx, said.workspace, said.user, now) if mine.answer and mine.answerable
    ]
    if answered:
        return Say(*thread.is_in_already(answered[-1].round))
    return Say(WORDS.nothing_owed())


def changed(tx: Tx, desk: Desk, said: Said, now: datetime) -> bool:
    """A message she edited or deleted: if it was her update, the update follows."""
    settings, source = desk.settings.read(tx, said.workspace), (said.channel, said.ts)
    if said.kind == "edited":
        answered = usecases.change_source(tx, said.workspace, source, said.text, now, settings.calendar)
        if answered is not None:
            follow(tx, desk, said.workspace, answered, settings, now, seen_in_thread=said.in_thread)
        return answered is not None
    withdrawn = usecases.withdraw_source(tx, said.workspace, source, now)
    if withdrawn is not None:
        _take_back(tx, desk, said.workspace, withdrawn, settings, now)
    return withdrawn is not None


def comment(tx: Tx, desk: Desk, press: Press, now: datetime) -> bool:
    withdrawn = usecases.just_a_comment(tx, press.workspace, press.carried["round"], press.user, now)
    if withdrawn is not None:
        _take_back(tx, desk, press.workspace, withdrawn, desk.settings.read(tx, press.workspace), now)
    return withdrawn is not None


def round_of_thread(tx: Tx, said: Said) -> str | None:
    """The round whose thread this was said in, if it is one's."""
    return next(iter(_rounds_of_thread(tx, said)), None)


def _rounds_of_thread(tx: Tx, said: Said) -> Sequence[str]:
    """One message may hold the prompts of several rounds."""
    found = outbox.keys_of(tx, said.workspace, said.channel, said.thread_ts or "")
    return tuple(dict.fromkeys(round_id for key in found if (round_id := keys.round_of(key))))


def make_optional(tx: Tx, desk: Desk, press: Press, now: datetime) -> None:
    key = press.carried["standup"]
    usecases.make_optional(tx, press.workspace, press.user, key, True, now)
    enqueue(tx, press.workspace, PEOPLE_CHANGED, press.user)
    standup = desk.settings.read(tx, press.workspace).standups.get(key)
    _settle(tx, desk, press, WORDS.now_optional(standup.title if standup else key), now)


def pause(tx: Tx, desk: Desk, press: Press, now: datetime) -> None:
    people.pause(tx, press.workspace, press.user, now)
    enqueue(tx, press.workspace, PEOPLE_CHANGED, press.user)
    _settle(tx, desk, press, WORDS.now_paused(), now)


def set_time(tx: Tx, desk: Desk, form: Form, title: str, now: datetime) -> None:
    at = form.fields["time"]
    usecases.another_time(tx, form.workspace, form.user, form.carried["standup"], at, now)
    enqueue(tx, form.workspace, PEOPLE_CHANGED, form.user)
    _settle(tx, desk, form, WORDS.now_at(title, at), now)


def _settle(tx: Tx, desk: Desk, by: Press | Form, sentence: str, now: datetime) -> None:
    """The question after three silent rounds becomes what came of it."""
    text = called(sentence, desk.settings.read(tx, by.workspace).commands)
    outbox.amend(tx, by.workspace, keys.silent(by.carried["round"], by.user), text, [blocks.section(text)], now)


def _take_back(tx: Tx, desk: Desk, workspace: str, withdrawn: Withdrawn, settings: Resolved, now: datetime) -> None:
    hide_entry(tx, workspace, withdrawn.round, withdrawn.entry.user, now)
    _settle_prompt(tx, workspace, withdrawn.round, withdrawn.entry.user, thread.is_open(withdrawn.round), now)
    if withdrawn.round.state == "closed":
        enqueue(tx, workspace, SAY_AGAIN, withdrawn.round.id)
    for changed in withdrawn.changed:
        desk.tell_blocker(tx, workspace, changed, settings, now)
    outbox.renew(tx, workspace, keys.board(withdrawn.round.id), now)


def _filled(answered: Answered) -> str:
    """What is asked by the question that free text answers."""
    question = free_text_question(answered.entry.questions)
    return question.text if question else answered.round.standup.title


def concerns(tx: Tx, desk: Desk, press: Press, now: datetime) -> Message:
    settings = desk.settings.read(tx, press.workspace)
    found = usecases.concerns(tx, press.workspace, press.carried["round"], press.user, settings.calendar, now)
    return digest.concerns(found, settings.functions_by_key, PeopleStore(tx, press.workspace).names())

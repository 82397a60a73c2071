"""Puts a stand-up's messages into the outbox: one message, or a series where one is too small."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from bot import outbox
from bot.desk import her_hours
from bot.features.standup import keys
from bot.features.standup.views import digest, thread
from bot.features.standup.views.asking import Message
from bot.outbox import Post
from bot.settings import Resolved
from bot.words import mentioned
from rituals.people.store import PeopleStore
from rituals.standup import usecases
from rituals.standup.rules import Board, Digest, Entry, Round
from rituals.tables import Tx


def show_entry(tx: Tx, workspace: str, round_: Round, entry: Entry, settings: Resolved, now: datetime) -> None:
    """Her update in the thread, or its newest wording there."""
    names = names_in(tx, workspace, (str(value) for value in entry.answer.values.values()))
    messages = thread.update(entry, settings.functions_by_key, names)
    in_thread(tx, workspace, round_, keys.answer(round_.id, entry.user), "answer", messages, now)


def hide_entry(tx: Tx, workspace: str, round_: Round, user: str, now: datetime) -> None:
    in_thread(tx, workspace, round_, keys.answer(round_.id, user), "answer", [], now)


def board(tx: Tx, workspace: str, of: Board, now: datetime) -> Message:
    """The thread's first message."""
    away = PeopleStore(tx, workspace).names(user for user, _ in of.away) if of.away else {}
    return thread.board(of, away, now)


def word_board(tx: Tx, workspace: str, key: str, now: datetime) -> Message:
    """The thread's first message as it should read now, counted when it is said: once for many answers."""
    round_id = keys.round_of(key)
    assert round_id is not None
    return board(tx, workspace, usecases.board(tx, workspace, round_id, now), now)


def count_again(tx: Tx, workspace: str, round_id: str, now: datetime) -> Round | None:
    """Counts, and refreshes the thread's first message if there is one. Answers the round then."""
    if not outbox.exists(tx, workspace, keys.board(round_id)):
        return None
    of = usecases.board(tx, workspace, round_id, now)
    outbox.amend(tx, workspace, keys.board(round_id), *board(tx, workspace, of, now), now)
    return of.round


def say_close(tx: Tx, workspace: str, of: Digest, settings: Resolved, now: datetime) -> None:
    """The close in the channel and the digest in the thread; said again, it takes the place of what was said."""
    names = PeopleStore(tx, workspace).names()
    functions = settings.functions_by_key
    in_thread(tx, workspace, of.round, keys.digest(of.round.id), "digest", digest.whole(of, functions, names), now)
    closing = [digest.closing(of, functions, names)]
    in_thread(tx, workspace, of.round, keys.close(of.round.id), "close", closing, now, broadcast=True)


def say_missing(tx: Tx, workspace: str, of: Digest, settings: Resolved, now: datetime) -> None:
    """To the owner alone, in her working hours: who did not answer. Said again, it leaves out who has since."""
    owner, key = of.round.standup.owner, keys.missing(of.round.id)
    if not owner or not (of.missing_for_owner or outbox.exists(tx, workspace, key)):
        return
    first, *others = digest.missing(of, PeopleStore(tx, workspace).names(of.missing_for_owner))
    at = her_hours(tx, workspace, owner, settings, now)
    posts = [_private(key, owner, "missing", first, at=at)]
    # What is too long for one message goes on under it, and shares its hour so.
    posts += [replace(_private(key, owner, "missing", each), thread_key=key) for each in others]
    _in_parts(tx, workspace, key, posts, now)


def say_skipped(tx: Tx, workspace: str, round_: Round, text: str, now: datetime) -> None:
    """In the channel, where the round would have been."""
    key = keys.skipped(round_.id)
    notice = Post(key=key, channel=round_.standup.channel, text=text, ritual="standup", kind="skipped")
    _in_parts(tx, workspace, key, [notice], now)


def say_unskipped(tx: Tx, workspace: str, round_: Round, text: str, now: datetime) -> None:
    """In the place of what was said; nothing where nobody has read that yet."""
    if (shown := _shown_as(tx, workspace, keys.skipped(round_.id))) is not None:
        outbox.overtake(tx, workspace, [shown], text, None, now)


def in_thread(
    tx: Tx,
    workspace: str,
    round_: Round,
    key: str,
    kind: str,
    messages: Sequence[Message],
    now: datetime,
    *,
    broadcast: bool = False,
) -> None:
    """The messages under the round's first one, in order; parts that are no longer needed are taken away."""
    posts = [
        Post(
            key=key,
            channel=round_.standup.channel,
            text=text,
            blocks=blocks,
            thread_key=keys.board(round_.id),
            ritual="standup",
            kind=kind,
            broadcast=broadcast,
        )
        for text, blocks in messages
    ]
    _in_parts(tx, workspace, key, posts, now)


def _in_parts(tx: Tx, workspace: str, key: str, posts: Sequence[Post], now: datetime) -> None:
    new = False
    for nth, each in enumerate(posts):
        post = replace(each, key=_part(key, nth))
        new = outbox.put(tx, workspace, post, now)
        if not new:
            _say_again(tx, workspace, post, now)
    # No part has ever come after one that is new.
    nth = len(posts)
    while not new and (shown := _shown_as(tx, workspace, _part(key, nth))) is not None:
        outbox.delete(tx, workspace, shown, now)
        nth += 1


def in_thread_already(tx: Tx, workspace: str, key: str) -> bool:
    """Whether `in_thread` has put something under this key that is or will be to be seen."""
    return _shown_as(tx, workspace, key) is not None


def _say_again(tx: Tx, workspace: str, post: Post, now: datetime) -> None:
    """In the place of what is shown. What was taken back comes under a new name, since each name is said once."""
    for name in _names(post.key):
        if outbox.exists(tx, workspace, name):
            return outbox.amend(tx, workspace, name, post.text, post.blocks, now)
        if outbox.put(tx, workspace, replace(post, key=name), now):
            return None


def _shown_as(tx: Tx, workspace: str, key: str) -> str | None:
    for name in _names(key):
        stands = outbox.stands(tx, workspace, name)
        if stands is not False:
            return name if stands else None
    return None


def _names(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}/again{nth}" for nth in count(2))


def _part(key: str, nth: int) -> str:
    return key if nth == 0 else f"{key}/part{nth + 1}"


def privately(
    tx: Tx,
    workspace: str,
    key: str,
    user: str,
    kind: str,
    message: Message,
    now: datetime,
    until: datetime | None = None,
    at: datetime | None = None,
) -> None:
    """An unasked direct message: it shares her hour with whatever else is due, and is dropped once `until` is past."""
    outbox.put(tx, workspace, _private(key, user, kind, message, until, at), now)


def _private(
    key: str, user: str, kind: str, message: Message, until: datetime | None = None, at: datetime | None = None
) -> Post:
    text, blocks = message
    return Post(
        key=key,
        channel=user,
        text=text,
        blocks=blocks,
        person=user,
        ritual="standup",
        kind=kind,
        unasked=True,
        due_at=at,
        expires_at=until,
        latest=until - timedelta(hours=1) if until else None,
    )


def names_in(tx: Tx, workspace: str, texts: Iterable[str]) -> Mapping[str, str]:
    """The names of the people whom these texts mention; no query where they mention nobody."""
    users = mentioned(texts)
    return PeopleStore(tx, workspace).names(users) if users else {}

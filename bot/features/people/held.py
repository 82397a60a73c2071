"""Tells whoever can help that the bot may not speak in a channel: once a day and channel, and that nothing is lost."""

from datetime import datetime
from pathlib import Path

from bot import outbox
from bot.desk import Desk
from bot.outbox import Post
from bot.settings import Resolved
from bot.slack import blocks
from bot.words import Words, called
from rituals.tables import Tx

WORDS = Words(Path(__file__).parent / "words" / "people.j2")


class Held:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def tell(self, tx: Tx, workspace: str, channel: str, now: datetime) -> bool:
        settings = self._desk.settings.read(tx, workspace)
        reason = next((each.reason for each in outbox.held(tx, workspace) if each.channel == channel), None)
        for person in responsible(settings, channel) if reason else ():
            text = called(WORDS.held(channel, self._desk.bot_user, reason), settings.commands)
            post = Post(
                key=f"people/held/{channel}/{person}/{now:%Y-%m-%d}",
                channel=person,
                text=text,
                blocks=[blocks.section(text)],
                person=person,
                ritual="people",
                kind="held",
            )
            outbox.put(tx, workspace, post, now)
        return False


def tell_unknown(tx: Tx, workspace: str, settings: Resolved, sentences: list[str], now: datetime) -> None:
    """The configuration names somebody or some channel that Slack no longer knows: the admins hear it once a day."""
    for person in sorted(settings.admins) if sentences else ():
        text = called(WORDS.unknown(sentences), settings.commands)
        post = Post(
            key=f"people/unknown/{person}/{now:%Y-%m-%dT%H}",
            channel=person,
            text=text,
            blocks=blocks.long_text(text),
            person=person,
            ritual="people",
            kind="unknown",
        )
        outbox.put(tx, workspace, post, now)


def responsible(settings: Resolved, channel: str) -> list[str]:
    """The owners of what happens in the channel, else the admins."""
    owners = {standup.owner for standup in settings.standups.values() if standup.channel == channel and standup.owner}
    return sorted(owners or settings.admins)

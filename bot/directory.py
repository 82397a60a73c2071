"""Reads Slack's directory and the configuration into the database, and lets everything that depends on them follow."""

from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot import outbox
from bot.clock import Clock
from bot.config import Environment
from bot.database import Database
from bot.desk import Reloaded
from bot.registry import Registry
from bot.settings import FILE, Resolved, Settings, keep_groups, people_changed, save
from bot.slack import people
from rituals.people.store import PeopleStore
from rituals.tables import Tx


class Directory:
    def __init__(
        self, environment: Environment, database: Database, settings: Settings, registry: Registry, clock: Clock
    ) -> None:
        self._environment, self._database, self._settings = environment, database, settings
        self._registry, self._clock = registry, clock

    async def reload(self, workspace: str, author: str | None = None) -> Reloaded:
        """Reads the file again. What is wrong in it is answered in sentences, and the version before stays."""
        from bot.config import ConfigProblem, reading

        try:
            found = reading.for_workspace(reading.read_path(self._environment.config), workspace)
        except ConfigProblem as wrong:
            return Reloaded(0, tuple(map(str, wrong.problems)))
        if found is None:
            return Reloaded(0, (f"{self._environment.config} has no file for this workspace ({workspace}).",))
        body, now = found.body(), self._clock.now()
        version = await self._database.write(self._take, workspace, body, author, now)
        self._settings.forget(workspace)
        return Reloaded(version)

    def _take(self, tx: Tx, workspace: str, body: str, author: str | None, now: datetime) -> int:
        version = save(tx, workspace, body, FILE, now, author)
        self.follow(tx, workspace, now)
        return version.number

    async def read_slack(self, workspace: str, client: AsyncWebClient) -> Resolved:
        """Reads people, channels and groups from Slack. Raises SlackApiError."""
        known = await people.read_all(client, workspace)
        resolved = await self._database.write(self._keep, workspace, known, self._clock.now())
        self._settings.forget(workspace)
        return resolved

    def _keep(self, tx: Tx, workspace: str, known: people.Known, now: datetime) -> Resolved:
        store = PeopleStore(tx, workspace)
        store.save_members(known.members, now)
        store.save_channels(known.channels)
        for channel, users in known.inside.items():
            store.set_channel_members(channel, users)
        keep_groups(tx, workspace, known.groups)
        _release(tx, workspace, known, now)
        return self.follow(tx, workspace, now)

    def follow(self, tx: Tx, workspace: str, now: datetime) -> Resolved:
        """The configuration among the people as they are now: functions, and what is already scheduled."""
        people_changed(tx, workspace)
        resolved = self._settings.read_anew(tx, workspace)
        PeopleStore(tx, workspace).set_functions(resolved.functions, resolved.memberships, resolved.countries)
        for follow in self._registry.settings:
            follow(tx, workspace, resolved, now)
        return resolved


def _release(tx: Tx, workspace: str, known: people.Known, now: datetime) -> None:
    """The bot may have been let into a channel while it was down, and nobody will say so again."""
    open_to_us = {each.channel for each in known.channels if each.bot_in and not each.archived}
    for channel in sorted({each.channel for each in outbox.held(tx, workspace)} & open_to_us):
        outbox.release(tx, workspace, channel, now)

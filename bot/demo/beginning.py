"""How a demonstration begins: a fresh database with twelve weeks in it, and the sandbox's seed that says the same."""

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from slack_sdk.web.async_client import AsyncWebClient

from bot import migrations, registering, workspaces
from bot.clock import Clock
from bot.complaints import Trouble
from bot.config import Environment, reading
from bot.database import Database
from bot.demo import lexicon, past, people, story, tour
from bot.desk import Desk, Reloaded
from bot.engine import Hold
from bot.features.blockers.telling import tell
from bot.manifest import link, manifest
from bot.registry import Registry
from bot.settings import FILE, Resolved, Settings, keep_groups, save
from rituals.people.store import PeopleStore
from rituals.tables import Tx

BEGINS = time(8, 55)
ZONE = "Europe/Lisbon"
# Ten times Slack's, since the calendar moves a thousand times as fast.
LIMITS = {
    "post_per_minute": 3_000,
    "post_per_channel_per_second": 20,
    "channel_burst": 50,
    "tiers": {"T2": 200, "T3": 1_000, "T4": 2_000},
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demonstration's data lies. `first` is the Monday of the story's first week; `resumed` says that it goes
    on where somebody left it."""

    database: Path
    sandbox: Path
    seed: Path
    first: date
    resumed: bool = False

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"


def stage(environment: Environment, folder: Path, now: datetime, *, fresh: bool) -> Stage:
    """As it was left, or built anew. Raises Trouble, ConfigProblem, CannotOpen, AlreadyRunning."""
    database, sandbox, seed = folder / "crosswalk.db", folder / "sandbox.db", folder / "sandbox-seed.json"
    folder.mkdir(parents=True, exist_ok=True)
    hold = Hold(database)
    hold.take()
    try:
        _leave_others_alone(database)
        resumed = not fresh and database.exists() and sandbox.exists() and seed.exists()
        if not resumed:
            _forget(database, sandbox, seed)
            _build(environment, Stage(database, sandbox, seed, _first(now)), now)
        else:
            _refresh(seed)
    finally:
        hold.release()
    return Stage(database, sandbox, seed, _first(datetime.fromisoformat(_read(seed)["now"])), resumed)


def begins_at(now: datetime) -> datetime:
    """The Monday of the week of `now`, five minutes before the first stand-up in Lisbon."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    monday = today - timedelta(days=today.weekday())
    return datetime.combine(monday, BEGINS, ZoneInfo(ZONE)).astimezone(UTC)


def _first(now: datetime) -> date:
    return begins_at(now).astimezone(ZoneInfo(ZONE)).date() - timedelta(weeks=story.WEEKS_PAST)


def _build(environment: Environment, at: Stage, now: datetime) -> None:
    begins, registry = begins_at(now), Registry()
    with closing(Database.open(at.database_url)) as database:
        migrations.upgrade(database)
        settings = Settings(database)
        desk = Desk(database, settings, Clock(), people.BOT_USER, tell, _no_reload, _no_follow)
        registering.register(registry, desk, AsyncWebClient())
        messages = database.write_now(_live, desk, registry, _configuration(environment), at.first, begins)
    seed = {"now": begins.isoformat(), "messages": messages, "limits": LIMITS, "began": now.isoformat()}
    _write(at.seed, seed | _of_this_version(registry, seed))


def _live(tx: Tx, desk: Desk, registry: Registry, body: str, first: date, begins: datetime) -> list[dict[str, Any]]:
    """One transaction: there is a whole past, or none."""
    long_ago = begins - timedelta(weeks=story.WEEKS_PAST + 1)
    us = workspaces.Workspace(people.TEAM, people.TEAM_NAME, people.BOT_USER, people.BOT, None)
    workspaces.remember(tx, us, people.BOT_TOKEN, long_ago)
    save(tx, people.TEAM, body, FILE, long_ago)
    known, store = people.known(), PeopleStore(tx, people.TEAM)
    store.save_members(known.members, long_ago)
    store.save_channels(known.channels)
    for channel, users in known.inside.items():
        store.set_channel_members(channel, users)
    keep_groups(tx, people.TEAM, known.groups)
    resolved = desk.settings.read(tx, people.TEAM)
    store.set_functions(resolved.functions, resolved.memberships, resolved.countries)
    lexicon.fill(tx, resolved.glossary, begins)
    return past.live(tx, desk, registry, first, begins).seed()


def _configuration(environment: Environment) -> str:
    found = reading.for_workspace(reading.read_path(environment.config), people.TEAM)
    if found is None:
        raise Trouble(
            f"{environment.config} has no file for the demonstration: set CONFIG to the config.yaml that Crosswalk "
            "brings, or put a copy of it there as T0ACME.yaml.",
            2,
        )
    return found.body()


def _leave_others_alone(database: Path) -> None:
    """A database that a real workspace has used is no place for invented people."""
    if not database.exists():
        return
    with closing(Database.open(f"sqlite:///{database}")) as opened:
        others = opened.read_now(_others)
    if others:
        raise Trouble(
            f"{database} belongs to {', '.join(others)}, a real workspace, so the demonstration leaves it alone. "
            "Give it a folder of its own: python -m bot demo --data var/demo"
        )


def _others(tx: Tx) -> list[str]:
    if not sa.inspect(tx).has_table(workspaces.workspaces.name):
        return []
    columns = workspaces.workspaces.c
    return list(tx.scalars(sa.select(columns.name).where(columns.workspace != people.TEAM)))


def _forget(*files: Path) -> None:
    for file in files:
        for each in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
            each.unlink(missing_ok=True)


def _refresh(seed: Path) -> None:
    """The program may be a newer one than the one that wrote the seed."""
    found, now = _read(seed), _of_this_version(registering.registered(), _read(seed))
    _write(seed, {**found, "apps": now["apps"], "tour": now["tour"]})


def _of_this_version(registry: Registry, seed: Mapping[str, Any]) -> dict[str, Any]:
    """People, the app and the tour, as this program has them."""
    made, begins = manifest(registry, "socket"), datetime.fromisoformat(seed["now"])
    return {**people.seed(made), "tour": tour.tour(seed.get("began", seed["now"]), begins, ZONE, link(made))}


def _read(seed: Path) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(seed.read_text("utf-8"))
    return found


def _write(seed: Path, facts: Mapping[str, Any]) -> None:
    """Whole or not at all: it is what tells the next start that there is something to go on with."""
    half = seed.with_suffix(".part")
    half.write_text(json.dumps(facts), "utf-8")
    half.replace(seed)


async def _no_reload(workspace: str, author: str | None) -> Reloaded:
    raise RuntimeError("The past cannot be configured anew.")


def _no_follow(tx: Tx, workspace: str, now: datetime) -> Resolved:
    raise RuntimeError("Nobody comes or goes in the past.")

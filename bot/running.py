"""One running bot: opens everything, wires it, keeps it true, closes it in order.

database -> who am I -> features -> jobs and outbox -> the ear (socket or HTTP); configuration and people beside them
"""

import asyncio
import signal
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from socket import socket as Socket

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot import due, housekeeping, migrations, outbox, sweep, transport, workspaces
from bot.app import build
from bot.clock import Clock
from bot.config import Environment
from bot.database import Database
from bot.desk import Desk
from bot.directory import Directory
from bot.engine import Engine
from bot.features.blockers.telling import tell
from bot.follower import Companion, Follower, Next, Standing, sandbox_origin
from bot.logs import logger
from bot.outbox import Drain, Pace
from bot.registering import register
from bot.registry import Registry
from bot.schedule.occurrences import parse_when
from bot.schedule.wake import Wake
from bot.settings import Resolved, Settings
from bot.slack import clients
from bot.sweep import Schedule, Swept
from bot.workspaces import Workspace
from rituals.tables import Tx

log = logger()
COMING = 8
A_MOMENT, GLANCE = 2.0, 0.01


class Bot:
    """`run` does everything until `stop` is called. One for a process. `ready` is set when Slack can reach it,
    `settled` when configuration and people are known too.

    `poll`: real seconds between looks at the job queues that nobody rang for. `companion` acts in the sandbox.
    """

    def __init__(
        self,
        environment: Environment,
        *,
        poll: float = 1.0,
        pace: Pace | None = None,
        companion: Companion | None = None,
    ) -> None:
        self.environment, self._poll, self._companion = environment, poll, companion
        self._pace = pace or (Pace(refresh_every=0.2) if self._sandbox() else Pace())
        self._rate_for = None if pace else self._rate
        self.clock, self.registry = Clock(), Registry()
        self.ready, self.settled = asyncio.Event(), asyncio.Event()
        self._done = asyncio.Event()
        self._swept_at: datetime | None = None

    def stop(self) -> None:
        self._done.set()

    async def run(self) -> None:
        """Raises ConfigProblem, CannotOpen, NotMigrated, AlreadyRunning, TokenRefused, and OSError for a taken port."""
        mode = self.environment.mode()
        listening = transport.listen(self.environment.host, self.environment.port) if mode == "http" else None
        async with AsyncExitStack() as closing:
            await self._open(closing)
            async with asyncio.TaskGroup() as tasks:
                living = tasks.create_task(self._live(listening))
                self._signals()
                await self._done.wait()
                living.cancel()

    async def _live(self, listening: Socket | None) -> None:
        async with asyncio.TaskGroup() as tasks:
            if (follower := self._follows()) is not None:
                tasks.create_task(follower.run())
                # Else what is done in the first moments would carry this machine's time.
                await follower.on_time.wait()
            tasks.create_task(self._hear(listening))
            tasks.create_task(self._keep_true())

    async def _open(self, closing: AsyncExitStack) -> None:
        environment = self.environment
        self.database = Database.open(environment.database_url)
        closing.callback(self.database.close)
        session = await closing.enter_async_context(clients.session())
        token = environment.bot_token or ""
        self.client = clients.asking(token, environment.api_url, session)
        # Bolt gives each request's client the token of its workspace.
        self._answering = clients.asking(None, environment.api_url, session)
        self._at_once = clients.opening(token, environment.api_url, session)
        poster = clients.posting(token, environment.api_url, session)
        self.settings = Settings(self.database)
        self.drain = Drain(
            self.database,
            lambda _: poster,
            self.clock,
            pace=self._pace,
            rate_for=self._rate_for,
            wordings=self.registry.wordings,
        )
        self.engine = Engine(self.database, self.registry.work, self.drain.drain, self.clock, poll=self._poll)
        self.engine.hold()
        await asyncio.to_thread(migrations.ready, self.database)
        self.workspace = await self._who_am_i(token)
        self.directory = Directory(environment, self.database, self.settings, self.registry, self.clock)
        self._register()
        self.app = self._bolt()
        closing.push_async_callback(self._end)
        closing.push_async_callback(self.engine.stop)
        self.wake = Wake(self._sweep, self.clock)

    async def _end(self) -> None:
        for run in self.registry.endings:
            await run()

    def _register(self) -> None:
        desk = Desk(
            self.database,
            self.settings,
            self.clock,
            self.workspace.bot_user,
            tell,
            self.directory.reload,
            self.directory.follow,
        )
        register(self.registry, desk, self.client)

    def _bolt(self) -> AsyncApp:
        identity = AuthorizeResult(
            enterprise_id=self.workspace.enterprise,
            team_id=self.workspace.id,
            bot_id=self.workspace.bot,
            bot_user_id=self.workspace.bot_user,
            bot_token=self.environment.bot_token,
        )
        return build(
            self.registry,
            self.client,
            self._at_once,
            self._answering,
            identity,
            self.environment.signing_secret,
            self.settings.of,
        )

    async def _who_am_i(self, token: str) -> Workspace:
        """As remembered from the last start, else as Slack says; a Slack that is away is waited for."""
        known = await self.database.read(workspaces.remembered, token)
        if known is not None:
            return known
        found = await transport.until_answered("auth.test", lambda: self.client.auth_test())
        workspace = Workspace(
            found["team_id"], found["team"], found["user_id"], found.get("bot_id"), found.get("enterprise_id")
        )
        await self.database.write(workspaces.remember, workspace, token, self.clock.now())
        return workspace

    async def _rate(self, workspace: str) -> float:
        return (await self.settings.of(workspace)).messages_per_minute

    async def _hear(self, listening: Socket | None) -> None:
        if listening is not None:
            await transport.http(self.app, listening, self._heard)
        else:
            await transport.socket_mode(self.app, self.environment.app_token or "", self.client, self._heard)

    def _heard(self) -> None:
        log.info("ready", workspace=self.workspace.id, name=self.workspace.name, mode=self.environment.mode())
        self.ready.set()

    async def _keep_true(self) -> None:
        """Configuration and people as they are now; then time may pass."""
        # After the ear is open: a command is answered while the jobs' engine is still loading.
        await self.engine.launch()
        reloaded = await self.directory.reload(self.workspace.id)
        for problem in reloaded.problems:
            log.error("configuration", problem=problem)
        resolved = await transport.until_answered(
            "directory", lambda: self.directory.read_slack(self.workspace.id, self.client)
        )
        for unknown in resolved.unknown:
            log.warning("configuration", unknown=str(unknown))
        await self.database.write(housekeeping.begin, self.workspace.id, self.clock.now())
        for run in self.registry.beginnings:
            await run(self.workspace.id)
        self.wake.start()
        self.settled.set()
        log.info("settled", workspace=self.workspace.id)
        try:
            await asyncio.Event().wait()
        finally:
            self.wake.stop()

    def _follows(self) -> Follower | None:
        """Whose clock ours follows, where Slack is the sandbox."""
        origin = self._sandbox()
        if origin is None:
            return None
        return Follower(
            origin,
            self.environment.bot_token or "",
            self.clock,
            self.database,
            sweep=self._sweep,
            standing=self._standing,
            coming=self._coming,
            companion=self._companion,
        )

    def _sandbox(self) -> str | None:
        return sandbox_origin(self.environment.api_url, self.environment.bot_token or "")

    async def _sweep(self) -> datetime | None:
        """Begins what is due, in one transaction. Answers the next moment."""
        settings = await self.settings.of(self.workspace.id)
        schedules, now = self._schedules(settings), self.clock.now()
        swept = Swept(more=True)
        while swept.more:
            swept = await self.database.write(self._begin, now, schedules)
            self._swept_at = now
            if swept.taken:
                await self._jobs_are_done()
        await self.database.write(outbox.wake, now)
        return await self.database.read(self._next, schedules, now)

    async def _jobs_are_done(self) -> None:
        """Gives what has just begun a moment, so that what it has to say goes along with what comes due by itself."""
        until = time.monotonic() + A_MOMENT
        while time.monotonic() < until and not await self.database.read(self.engine.idle):
            await asyncio.sleep(GLANCE)

    def _begin(self, tx: Tx, now: datetime, schedules: Sequence[Schedule]) -> Swept:
        callings = self.registry.callings
        occurs = {kind: calling.occurs for kind, calling in callings.items()}
        skipped = {kind: calling.skipped for kind, calling in callings.items()}
        return sweep.sweep(tx, now, schedules, occurs, skipped, self._swept_at)

    def _next(self, tx: Tx, schedules: Sequence[Schedule], now: datetime) -> datetime | None:
        begins = [each.begins for each in sweep.coming(tx, now, schedules)]
        moments = [*begins, due.next_due(tx), outbox.next_due(tx)]
        return min((moment for moment in moments if moment is not None), default=None)

    def _standing(self, tx: Tx) -> Standing:
        now = self.clock.now()
        quiet = self.engine.idle(tx) and outbox.owed(tx, now) == 0
        return Standing(quiet, self._next(tx, self._schedules(self.settings.read(tx, self.workspace.id)), now))

    def _schedules(self, settings: Resolved) -> list[Schedule]:
        return [
            Schedule(self.workspace.id, kind, plan.key, parse_when(plan.when), plan.zone, plan.lead, plan.grace)
            for kind, calling in self.registry.callings.items()
            for plan in calling.plans(settings)
        ]

    def _coming(self, tx: Tx) -> list[Next]:
        """What the sandbox's page lists as coming next."""
        settings = self.settings.read(tx, self.workspace.id)
        begins = sweep.coming(tx, self.clock.now(), self._schedules(settings))
        listed = [
            Next(each.due_at, told)
            for each in due.upcoming(tx, None, COMING * 8)
            if (told := self.registry.tellable(each.kind, each.key))
        ]
        listed += [Next(each.begins, self._told(each.schedule)) for each in begins]
        return sorted(listed, key=lambda each: each.at)[:COMING]

    def _told(self, schedule: Schedule) -> str:
        return self.registry.callings[schedule.kind].title.format(schedule.key)

    def _signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        loop.add_signal_handler(signal.SIGHUP, lambda: self._reloading())

    def _reloading(self) -> None:
        self._reload = asyncio.get_running_loop().create_task(self._reload_by_signal())

    async def _reload_by_signal(self) -> None:
        done = await self.directory.reload(self.workspace.id)
        if done.problems:
            log.error("reload_refused", problems=done.problems)
        else:
            log.info("reloaded", version=done.version)

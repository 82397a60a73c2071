"""What the workspace does by itself when its calendar reaches a moment: scheduled messages, statuses that end."""

from bot.sandbox.clock import real_now
from bot.sandbox.messages import post
from bot.sandbox.people import expire_statuses
from bot.sandbox.workspace import Workspace

LOOK_EVERY = 1.0
KEEP_EVERY = 10.0


async def tick_for_ever(workspace: Workspace) -> None:
    """Looks each second, and whenever the clock was moved."""
    kept = real_now()
    while True:
        tick(workspace)
        if real_now() - kept > KEEP_EVERY:
            workspace.keep_clock()
            kept = real_now()
        await workspace.clock.wait_for_news(workspace.clock.version, LOOK_EVERY, follower=False)


def tick(workspace: Workspace) -> None:
    post_scheduled(workspace)
    expire_statuses(workspace)


def post_scheduled(workspace: Workspace) -> None:
    """Those whose time has come, in order; like in Slack, those with metadata are dropped without a word."""
    now = workspace.clock.now()
    due = sorted((one for one in workspace.scheduled.values() if one["post_at"] <= now), key=lambda one: one["post_at"])
    for entry in due:
        del workspace.scheduled[entry["id"]]
        workspace.store.drop("scheduled", entry["id"])
        channel = workspace.channels.get(entry["channel_id"])
        if channel is not None and not channel.is_archived and "metadata" not in entry["message"]:
            post(workspace, channel, entry["message"])

"""How much of Slack's limit a thousand prompts use: the whole path, against limits that the sandbox enforces."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.sandbox.server import Running
from tests.bench.world import CONFIG, seed
from tests.figures import Figure
from tests.fleet import Program
from tests.slackside import Slackside

PEOPLE, A_MINUTE = 1000, 300
TOKEN, APP_TOKEN = "xoxb-sandbox-bench", "xapp-sandbox-bench"
LONGEST = 300.0


async def measured(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    sandbox = Running.start(seed(PEOPLE, TOKEN, {"enforce": True, "post_per_minute": A_MINUTE}, APP_TOKEN))
    (folder / "config.yaml").write_text(CONFIG)
    environment = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": f"{sandbox.url}/api/",
        "DATABASE_URL": f"sqlite:///{folder}/fanout.db",
        "CONFIG": str(folder / "config.yaml"),
    }
    program = Program.start(["bot", "run"], environment, folder / "fanout.log")
    try:
        program.wait_for("ready")
        async with Slackside(sandbox.url) as slack:
            await _asked(slack)
            posts = await _all_posted(slack)
    finally:
        program.stop()
        sandbox.stop()
    return _figures(posts, say)


async def _asked(slack: Slackside) -> None:
    """An admin starts the stand-up, as soon as the bot knows her."""
    admin = slack.as_person("U0P0")

    async def known() -> bool:
        said = await admin.types("/standup now weekly", "C0SYNC")
        return "asked" in str(said) or "started" in str(said) or "begun" in str(said)

    await slack.eventually(known, deadline=60)


async def _all_posted(slack: Slackside) -> list[dict[str, Any]]:
    """Every call of chat.postMessage until each person has her prompt."""

    async def done() -> bool:
        return (await slack.counts("chat.postMessage"))["ok"] >= PEOPLE + 1

    await slack.eventually(done, deadline=LONGEST)
    return [entry for entry in await slack.log() if entry.get("method") == "chat.postMessage"]


def _figures(posts: list[dict[str, Any]], say: Callable[[str], None]) -> list[Figure]:
    times = sorted(entry["at"] for entry in posts if entry["ok"])
    took = times[-1] - times[0]
    limited = sum(1 for entry in posts if entry["limit"])
    say(f"{len(times)} messages in {took:.1f} s, {limited} refused as too fast")
    return [
        Figure("fanout_utilisation", (len(times) - 1) / took / (A_MINUTE / 60), 0.97, "higher", "of 1"),
        Figure("fanout_429", limited, 0, "lower", "calls"),
    ]

"""How fast the sandbox's page goes to a channel with very many messages, and how heavy it is with all that it loads."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import CDPSession, Page

from bot.sandbox.server import Running
from tests.bench.world import BOT_USER, seed
from tests.chromium import MISSING, chromium, executable
from tests.figures import Figure

MESSAGES, PEOPLE, ROUNDS = 5_000, 12, 15
BUSY, ELSEWHERE = "C0SYNC", "C0ELSEWHERE"
LAST = "The last of many."

# From the press on the channel's name until the frame after the one with its newest message has begun.
_SWITCH = """([name, last]) => new Promise((resolve) => {
  const list = document.getElementById("messages");
  const began = performance.now();
  const look = () => {
    if (!list.textContent.includes(last)) return;
    watching.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
  };
  const watching = new MutationObserver(look);
  watching.observe(list, { childList: true, subtree: true });
  [...document.querySelectorAll("#rooms a")].find((link) => link.textContent.includes(name)).click();
})"""


def workspace() -> dict[str, Any]:
    """5,000 messages in a channel, every fourth of them an app's with blocks and a button; another channel beside."""
    people = [f"U0P{nth}" for nth in range(PEOPLE)]
    said = [_message(nth, people[nth % PEOPLE]) for nth in range(MESSAGES - 1)]
    said.append({"channel": BUSY, "user": people[0], "text": LAST, "at": _at(MESSAGES)})
    said.append({"channel": ELSEWHERE, "user": people[0], "text": "Quiet here.", "at": _at(0)})
    planted = seed(PEOPLE, "xoxb-sandbox-bench", {"enforce": False})
    channels = [*planted["channels"], {"id": ELSEWHERE, "name": "elsewhere", "members": people}]
    return {**planted, "channels": channels, "messages": said}


def _message(nth: int, user: str) -> dict[str, Any]:
    text = (
        f"*Message {nth}* for <@U0P1>: what was moved, what stops us, and `which` number <https://a.example|says> so."
    )
    if nth % 4:
        return {"channel": BUSY, "user": user, "text": text, "at": _at(nth)}
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Answer"}, "value": str(nth)}
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "elements": [button]},
    ]
    return {"channel": BUSY, "user": BOT_USER, "text": text, "blocks": blocks, "at": _at(nth)}


def _at(nth: int) -> float:
    return 1_795_000_000 + nth * 60


async def measured(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    path = executable()
    if path is None:
        raise RuntimeError(MISSING)
    sandbox = Running.start(workspace())
    try:
        async with chromium(path) as browser:
            page = await browser.new_page(viewport={"width": 1280, "height": 800})
            weight = await _weight(page, sandbox.url)
            took = await _switches(page)
    finally:
        sandbox.stop()
    say(f"to a channel of {MESSAGES:,} messages: {median(took):.0f} ms (at most {max(took):.0f}); {weight:.0f} kB")
    return [
        Figure("page_switch_ms", median(took), 100, "lower", "ms"),
        Figure("page_weight_kb", weight, 1_024, "lower", "kB"),
    ]


async def _weight(page: Page, url: str) -> float:
    """What comes over the wire until the busy channel is drawn, by the browser's own count."""
    session: CDPSession = await page.context.new_cdp_session(page)
    sizes: list[float] = []
    await session.send("Network.enable")
    session.on("Network.dataReceived", lambda event: sizes.append(event["dataLength"]))
    await page.goto(f"{url}/#/U0P2/{BUSY}")
    await page.locator("#messages .message", has_text=LAST).wait_for()
    await page.wait_for_function("document.querySelectorAll('#rooms a').length === 2")
    return sum(sizes) / 1024


async def _switches(page: Page) -> list[float]:
    took = []
    for nth in range(-2, ROUNDS):
        await page.locator("#rooms a", has_text="elsewhere").click()
        await page.locator("#messages .message", has_text="Quiet here.").wait_for()
        # What was asked for by the way there shall not be counted on the way back.
        await page.wait_for_timeout(300)
        one = float(await page.evaluate(_SWITCH, ["product-sync", LAST]))
        if nth >= 0:  # the first only warm the browser up
            took.append(one)
    return took

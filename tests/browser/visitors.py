"""Somebody in front of the sandbox's page, in a browser of her own; whatever goes wrong in it is kept."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    Route,
    expect,
)

WIDE, NARROW = (1280, 800), (390, 844)
ROOT = "How was the week?"
"""What Bo has said in the channel of all, where a test asks for no other sandbox."""
PATIENT: dict[str, Any] = {"ack_seconds": 60, "trigger_seconds": 60}
"""Slack's three seconds to answer are not what is tried here, and a busy machine may need more."""


@dataclass
class Held:
    """Answers that are on their way to a page until they are let go; what was asked for is done all the same."""

    _waiting: asyncio.Event = field(default_factory=asyncio.Event)
    _gone: asyncio.Event = field(default_factory=asyncio.Event)
    _answered: list[asyncio.Event] = field(default_factory=list)

    async def hold(self, route: Route) -> None:
        if self._gone.is_set():
            await route.continue_()
            return
        answered = asyncio.Event()
        self._answered.append(answered)
        answer = await route.fetch()
        self._waiting.set()
        await self._gone.wait()
        await route.fulfill(response=answer)
        answered.set()

    async def is_waiting(self) -> None:
        """Returns once one is on its way."""
        async with asyncio.timeout(20):
            await self._waiting.wait()

    async def lets_go(self) -> None:
        """Returns once all have arrived; what is asked for later is answered at once."""
        self._gone.set()
        async with asyncio.timeout(20):
            for answered in self._answered:
                await answered.wait()


@dataclass
class Visitor:
    """`complaints` is what the browser said against the page, but for what a test has said that it `expects`."""

    page: Page
    url: str
    user: str
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    @classmethod
    async def arrives(
        cls, browser: Browser, url: str, user: str, place: str = "@bot", *, size: tuple[int, int] = WIDE, **more: Any
    ) -> "Visitor":
        """In a context of her own, at a place of the workspace, once it is drawn."""
        width, height = size
        context = await browser.new_context(viewport={"width": width, "height": height}, locale="en-GB", **more)
        made = cls(await context.new_page(), url, user)
        made._listen(context)
        await made.page.goto(f"{url}/#/{user}/{quote(place, safe='')}")
        await expect(made.page.locator("#me")).to_have_value(user)
        return made

    def _listen(self, context: BrowserContext) -> None:
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def expects(self, *parts: str) -> None:
        """From now on, complaints with any of these in them are part of the test."""
        self.expected = parts

    def _complain(self, sentence: str) -> None:
        if not any(part in sentence for part in self.expected):
            self.complaints.append(sentence)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"console {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https", "ws", "wss") and not request.url.startswith(self.url):
            self._complain(f"asked another host: {request.url}")

    def _failed(self, request: Request) -> None:
        # What the page itself gives up, as it does with everything under way when it is reloaded, has not failed.
        if request.failure != "net::ERR_ABORTED":
            self._complain(f"failed: {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._complain(f"answered {response.status}: {response.url}")

    async def leaves(self) -> None:
        await self.page.context.close()

    async def goes(self, place: str) -> None:
        """By the address, as a bookmark does."""
        await self.page.evaluate("address => { location.hash = address }", f"#/{self.user}/{quote(place, safe='')}")

    async def follows(self, name: str) -> None:
        """By the sidebar."""
        await self.page.get_by_role("navigation").get_by_role("link", name=name).click()

    async def says(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")

    def messages(self, words: str) -> Locator:
        """The channel's messages that say this."""
        return self.page.locator("#messages > .message", has_text=words)

    def replies(self, words: str) -> Locator:
        return self.page.locator("#thread-messages > .message", has_text=words)

    def button(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=True)

    @property
    def composer(self) -> Locator:
        return self.page.get_by_label("Message, or a command that starts with /")

    @property
    def tour(self) -> Locator:
        return self.page.locator("#tour")

    @property
    def form(self) -> Locator:
        return self.page.locator("#modal[open]")

    async def sends(self, name: str, answers: Sequence[tuple[str, str]]) -> None:
        """Fills the fields of the form before her, by their labels, and sends it."""
        for label, value in answers:
            await self.form.get_by_label(label).fill(value)
        await self.button(name, self.form).click()

    async def jumps(self, wall: str) -> None:
        """Moves the time by the page: what her wall clock shall say."""
        await self.follows("Time")
        await self.page.get_by_label("Jump to", exact=True).fill(wall)
        await self.page.get_by_role("button", name="Jump", exact=True).click()

    async def holds(self, what: str, times: int | None = None) -> Held:
        """From now on, what this page asks of the sandbox under an address is answered late; so many times, if told."""
        held = Held()
        await self.page.route(f"**/control/{what}", held.hold, times=times)
        return held

    async def misses(self, what: str) -> None:
        """From now on, what this page asks of the sandbox under an address is answered by nobody."""
        self.expects("ERR_FAILED")
        await self.page.route(f"**/control/{what}", lambda route: route.abort())

    async def finds_again(self) -> None:
        """Nothing is held back any more, and nothing missed."""
        await self.page.unroute_all()

    async def leaves_the_tour(self) -> None:
        """Which opens by itself for everybody who comes for the first time."""
        await self.button("Close the tour", self.tour).click()
        await expect(self.tour).to_be_hidden()

    async def overflows(self) -> float:
        """By how many pixels the page is wider than its window."""
        return float(await self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


Visit = Callable[..., Awaitable[Visitor]]


@asynccontextmanager
async def visiting(browser: Browser) -> AsyncIterator[Visit]:
    """Lets people arrive, and asks at the end whether any browser has complained."""
    visitors: list[Visitor] = []

    async def arrive(url: str, user: str, place: str = "@bot", **more: Any) -> Visitor:
        visitors.append(await Visitor.arrives(browser, url, user, place, **more))
        return visitors[-1]

    try:
        yield arrive
    finally:
        for visitor in visitors:
            await visitor.leaves()
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    assert complaints == [], complaints


async def below(shown: Locator) -> float:
    """By how much it begins below the upper edge of the list, once nothing moves any more."""
    return float(await shown.evaluate(_AT_REST))


_AT_REST = """(node) => new Promise((resolve) => {
  const now = () => node.getBoundingClientRect().top - node.parentNode.getBoundingClientRect().top;
  const look = (before, same) => requestAnimationFrame(() => {
    const top = now();
    if (top === before && same === 10) resolve(top);
    else look(top, top === before ? same + 1 : 0);
  });
  look(now(), 0);
})"""

"""A glossary for stories: a few terms, two domains, and what somebody reads when she looks one up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from glossary.exchange import Row
from glossary.terms import Sense, State, Wording
from glossary.usecases import exchanging
from tests.slackseen import Message, View, words
from tests.stories.town import CONFIG, SYNC, TEAM, Town

FRIDAY = "2026-11-20T12:00:00+00:00"
GLOSSARY = (
    CONFIG.replace("glossary: {starter: false}\n", "")
    + """
glossary:
  starter: false
  stewards: ["@marta"]
  confirm_every: 90d
  gaps: fri 10:00
  domains:
    - {name: Revenue, stewards: ["@dana"]}
    - {name: Engineering, stewards: ["@rui"]}
"""
)
ARR = Wording(
    "ARR",
    ("Annual Recurring Revenue",),
    ("run rate",),
    (
        Sense(
            business="What today's subscriptions bring in over a year.",
            technical="Sum of active subscription lines, times twelve months.",
            example="2 million at the end of March.",
            business_owner="U0DANA",
            technical_owner="U0RUI",
            links=("https://wiki.story.example/arr",),
            domain="revenue",
        ),
    ),
)
MARGIN = Wording("Gross margin", senses=(Sense(business="What is left of each euro.", domain="revenue"),))
FLAG = Wording(
    "Feature flag",
    (),
    ("toggle",),
    (
        Sense(
            business="A switch that shows a feature to some customers first.",
            technical="A condition that is read at run time instead of a branch in the code.",
            domain="engineering",
        ),
    ),
)
PIPELINE = Wording(
    "Pipeline",
    senses=(
        Sense("All the deals that may still be won.", "Open opportunities by stage.", domain="revenue"),
        Sense("What checks and ships our changes.", "The jobs that build and deploy.", domain="engineering"),
    ),
)


async def knows(here: Town, *wordings: Wording, state: State = "accepted") -> None:
    """The group's glossary holds these."""
    rows = [Row(nth, wording, state) for nth, wording in enumerate(wordings, 1)]
    settings = (await here.bot.settings.of(TEAM)).glossary
    now = datetime.fromisoformat(FRIDAY)
    plan = await here.bot.database.write(exchanging.bring_in, TEAM, rows, "U0MARTA", settings, now)
    assert not plan.problems, plan.problems
    for run in here.bot.registry.beginnings:
        await run(TEAM)  # no look-up need wait for the second after which it would notice


def said(answer: Any) -> str:
    """All that an answer to a command shows."""
    return "\n".join([str((answer or {}).get("text", "")), *words((answer or {}).get("blocks") or [])])


async def newest(here: Town, handle: str, channel: str = SYNC, thread_ts: str | None = None) -> Message:
    """What she sees last."""
    return (await here.person(handle).sees(channel, thread_ts))[-1]


async def form(here: Town, handle: str, title: str) -> View:
    """The form before her, once it is there."""

    async def opened() -> View | None:
        view = await here.person(handle).view()
        return view if view and view.title == title else None

    return await here.slack.eventually(opened)


async def told(here: Town, handle: str, text: str) -> Message:
    """The direct message that says so, once it is there."""

    async def there() -> Sequence[Message]:
        return [message for message in await here.person(handle).dm() if text in message.plain]

    return (await here.slack.eventually(there))[-1]


async def seen(here: Town, handle: str, text: str, thread_ts: str | None = None, channel: str = SYNC) -> Message | None:
    """The newest message with these words that she sees in a channel or a thread."""
    found = [message for message in await here.person(handle).sees(channel, thread_ts) if text in message.plain]
    return found[-1] if found else None


async def dm_with(here: Town, handle: str, text: str) -> list[Message]:
    return [message for message in await here.person(handle).dm() if text in message.plain]


async def view_with(here: Town, handle: str, text: str) -> View | None:
    """The form before her, if it says so."""
    view = await here.person(handle).view()
    return view if view and text in view.plain else None


__all__ = [
    "ARR",
    "FLAG",
    "FRIDAY",
    "GLOSSARY",
    "MARGIN",
    "PIPELINE",
    "dm_with",
    "form",
    "knows",
    "newest",
    "said",
    "seen",
    "told",
    "view_with",
]

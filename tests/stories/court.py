"""Decisions for stories: who asks whom, and what people see of it."""

from collections.abc import Sequence
from typing import Any

from tests.slackseen import Message, View
from tests.stories.town import BOT_USER, CONFIG, PEOPLE, PRIVATE, SYNC, Town

MONDAY = "2026-11-23T09:30:00+00:00"  # half past nine in Lisbon
DECISIONS = CONFIG[: CONFIG.index("standups:")]
PRICE = "Shall we raise the price?"
RANDOM = "C0RANDOM"


def rooms(*inside: str) -> list[dict[str, Any]]:
    """#product-sync, where everybody is; #random, where the bot is not; and a private room for these people."""
    everybody = [someone.id for someone in PEOPLE]
    those = [f"U0{handle.upper()}" for handle in inside]
    return [
        {"id": SYNC, "name": "product-sync", "members": [*everybody, BOT_USER]},
        {"id": RANDOM, "name": "random", "members": everybody},
        {"id": PRIVATE, "name": "release-room", "is_private": True, "members": [*those, BOT_USER]},
    ]


async def asks(
    here: Town, handle: str, question: str = PRICE, decider: str = "dana", *, channel: str = SYNC, **more: Any
) -> Message:
    """She asks in a channel, with every field open if there is more to say; answers the card as she sees it."""
    person = here.person(handle)
    await person.types(f"/decision {question}", channel)
    form = await form_of(here, handle, "Ask for a decision")
    if more:
        form = await unfolds(here, handle, form)
    answer = await person.fills(form, {"decider0": f"U0{decider.upper()}", **more})
    assert "errors" not in answer, answer
    return await here.slack.eventually(lambda: card(here, question, handle, channel))


async def unfolds(here: Town, handle: str, form: View) -> View:
    await here.person(handle).presses(form, "More fields")
    return await here.slack.eventually(lambda: unfolded(here, handle))


async def unfolded(here: Town, handle: str) -> View | None:
    view = await here.person(handle).view()
    return view if view and "Whose input is needed?" in view.plain else None


async def form_of(here: Town, handle: str, title: str) -> View:
    async def opened() -> View | None:
        view = await here.person(handle).view()
        return view if view and view.title == title else None

    return await here.slack.eventually(opened)


async def card(here: Town, words: str = PRICE, handle: str = "marta", channel: str = SYNC) -> Message | None:
    """The newest message in the channel that says so."""
    found = [message for message in await here.person(handle).sees(channel) if words in message.plain]
    return found[-1] if found else None


async def reads(here: Town, handle: str, *words: str) -> Message:
    """Her direct message with all of these words, once it is there."""

    async def there() -> Sequence[Message]:
        return [each for each in await here.person(handle).dm() if all(word in each.plain for word in words)]

    return (await here.slack.eventually(there))[-1]


async def shows(here: Town, *words: str, handle: str = "marta", channel: str = SYNC) -> Message:
    """The message of the channel that says all of this, once it is there."""

    async def there() -> Sequence[Message]:
        return [each for each in await here.person(handle).sees(channel) if all(word in each.plain for word in words)]

    return (await here.slack.eventually(there))[-1]


async def told(here: Town, handle: str, *words: str, channel: str = SYNC) -> Message:
    """What only she sees in the channel, with all of these words, once it is there."""

    async def there() -> Sequence[Message]:
        seen = [each for each in await here.person(handle).sees(channel) if each.ephemeral]
        return [each for each in seen if all(word in each.plain for word in words)]

    return (await here.slack.eventually(there))[-1]


async def thread(here: Town, of: Message, handle: str = "marta", channel: str = SYNC) -> str:
    """All that stands under a card."""
    return "\n".join(each.plain for each in await lines(here, of, handle, channel))


async def lines(here: Town, of: Message, handle: str = "marta", channel: str = SYNC) -> list[Message]:
    return (await here.person(handle).sees(channel, of.ts))[1:]


async def under(here: Town, of: Message, *words: str, handle: str = "marta", channel: str = SYNC) -> Message:
    """The line under a card that says all of this, once it is there."""

    async def there() -> Sequence[Message]:
        found = await lines(here, of, handle, channel)
        return [each for each in found if all(word in each.plain for word in words)]

    return (await here.slack.eventually(there))[-1]


async def decides(here: Town, handle: str, place: Message, **fields: Any) -> Any:
    return await does(here, handle, place, "Decide", "Decide", **fields)


async def does(here: Town, handle: str, place: Message, button: str, title: str, **fields: Any) -> Any:
    """She presses a button, fills the form that opens and sends it."""
    person = here.person(handle)
    await person.presses(place, button)
    return await person.fills(await form_of(here, handle, title), fields)


async def goes_on(here: Town, handle: str, place: Message, way: str, **fields: Any) -> Any:
    """She chooses one of the further ways on, fills the form that opens and sends it."""
    person = here.person(handle)
    await person.presses(place, "decision.further", selected_option=way)
    return await person.fills(await form_of(here, handle, way), fields)


async def mail(here: Town, handle: str) -> str:
    """All that the bot has ever told her of itself."""
    return "\n".join(each.plain for each in await here.person(handle).dm() if not each.ephemeral)


async def home(here: Town, handle: str, words: str = "Decisions", without: str = "\0") -> View:
    """Her App Home, once it says so, and no longer something else."""
    person = here.person(handle)

    async def there() -> View | None:
        await person.opens_home()
        view = await person.home()
        return view if view and words in view.plain and without not in view.plain else None

    return await here.slack.eventually(there)

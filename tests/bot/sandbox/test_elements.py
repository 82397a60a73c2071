"""Elements that people use: what arrives from a form, and what from a press in a message, a Home or a modal."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    GENERAL,
    Keeping,
    actions,
    button,
    keep_values,
    modal,
    opened,
    over_socket,
    plain,
    text_input,
)
from tests.slackside import Message, Person, Refused, Slackside, View

Json = dict[str, Any]


@pytest.fixture
def app(sandbox: Running) -> Keeping:
    return Keeping(sandbox)


def noting(app: Keeping, *names: str) -> list[Json]:
    """The block_actions of some elements."""
    heard: list[Json] = []

    async def note(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    for name in names:
        app.action(name)(note)
    return heard


async def test_every_kind_of_input_arrives_in_slacks_shape(app: Keeping, ana: Person) -> None:
    values: list[Json] = []
    app.view("form")(keep_values(values))
    async with over_socket(app):
        view = await opened(app, ana, modal(*[_input(kind, more) for kind, more, _, _ in KINDS]))
        await ana.fills(view, {kind: plainly for kind, _, plainly, _ in KINDS})
        assert await ana.view() is None
    expected = {kind: {kind: {"type": kind, **value}} for kind, _, _, value in KINDS}
    assert values[0] == expected


async def test_an_external_select_offers_what_the_app_suggests(app: Keeping, ana: Person) -> None:
    values: list[Json] = []
    app.view("form")(keep_values(values))

    @app.options("who")
    async def suggest(ack: AsyncAck, payload: Json) -> None:
        await ack(options=[{"text": plain(f"{payload['value']}!"), "value": payload["value"]}])

    select = {"type": "external_select", "action_id": "who", "min_query_length": 0}
    async with over_socket(app):
        block = {"type": "input", "block_id": "who", "label": plain("Who"), "element": select}
        view = await opened(app, ana, modal(block))
        assert [one["text"]["text"] for one in await ana.options(view, "who", "bo")] == ["bo!"]
        await ana.fills(view, {"who": "bo"})
    assert values[0]["who"]["who"]["selected_option"]["value"] == "bo"


async def test_a_select_in_a_message_keeps_its_value_for_the_next_press(app: Keeping, ana: Person) -> None:
    states: list[Json] = []

    @app.action("size")
    @app.action("done")
    async def note(ack: AsyncAck, body: Json) -> None:
        await ack()
        states.append(body)

    options = [{"text": plain(name), "value": name.lower()} for name in ("Small", "Big")]
    select = {"type": "static_select", "action_id": "size", "options": options}
    async with over_socket(app):
        await app.client.chat_postMessage(channel=GENERAL, text="x", blocks=actions(select, button("Done", "done")))
        message = (await ana.sees(GENERAL))[0]
        await ana.presses(message, "size", selected_option="Big")
        await ana.presses(message, "Done")
        with pytest.raises(Refused, match="there is Small, Big"):
            await ana.presses(message, "size", selected_option="Huge")
    assert states[0]["actions"][0]["selected_option"]["value"] == "big"
    assert states[1]["state"]["values"]["acts"]["size"]["selected_option"]["value"] == "big"
    assert states[1]["message"]["ts"] == message.ts


@pytest.mark.parametrize("where", ["message", "modal"])
async def test_a_press_carries_what_was_picked_and_the_state_around_it(
    app: Keeping, slack: Slackside, ana: Person, where: str
) -> None:
    heard = noting(app, *(kind for kind, _, _, _ in PRESSED))
    blocks = actions(*({"type": kind, "action_id": kind, **more} for kind, more, _, _ in PRESSED))
    async with over_socket(app):
        place = await shown(app, ana, blocks, where)
        for kind, _, plainly, value in PRESSED:
            await ana.presses(place, kind, **{next(iter(value)): plainly})
    told = [{"type": kind, "action_id": kind, "block_id": "acts", **value} for kind, _, _, value in PRESSED]
    assert [without(body["actions"][0], "action_ts") for body in heard] == told
    last = heard[-1]["state"] if where == "message" else heard[-1]["view"]["state"]
    kept = {kind: {"type": kind, **value} for kind, _, _, value in PRESSED if kind != "overflow"}
    assert last["values"] == {"acts": kept}
    assert [body["container"]["type"] for body in heard] == ["message" if where == "message" else "view"] * len(PRESSED)
    assert all(body["trigger_id"] for body in heard)


@pytest.mark.parametrize("where", ["message", "modal"])
async def test_an_input_is_told_at_once_only_where_it_asks_for_it(app: Keeping, ana: Person, where: str) -> None:
    heard = noting(app, "said", "who", "done")
    who = {"type": "users_select", "action_id": "who", "initial_user": ANA}
    told = {"type": "input", "block_id": "who", "label": plain("Who"), "element": who, "dispatch_action": True}
    config = {"trigger_actions_on": ["on_enter_pressed"]}
    asked = {**text_input("reason", dispatch_action_config=config), "dispatch_action": True}
    asked["element"]["action_id"] = "said"
    quiet = {**text_input("quiet"), "element": {"type": "plain_text_input", "action_id": "quiet"}}
    async with over_socket(app):
        place = await shown(app, ana, [told, asked, quiet, *actions(button("Done", "done"))], where)
        assert await ana.presses(place, "quiet", value="typed along") == {"ok": True, "sent": False}
        await ana.presses(place, "who", selected_user=BO)
        await ana.presses(place, "said", value="because")
        await ana.presses(place, "Done")
    assert [body["actions"][0]["action_id"] for body in heard] == ["who", "said", "done"]
    assert [body["actions"][0].get(name) for body, name in zip(heard, ("selected_user", "value"), strict=False)] == [
        BO, "because",
    ]  # fmt: skip
    state = (heard[-1]["view"] if where == "modal" else heard[-1])["state"]["values"]
    assert {block: next(iter(values.values())) for block, values in state.items()} == {
        "who": {"type": "users_select", "selected_user": BO},
        "reason": {"type": "plain_text_input", "value": "because"},
        "quiet": {"type": "plain_text_input", "value": "typed along"},
    }


async def test_a_modal_is_updated_by_the_hash_of_its_press_unless_something_came_between(
    app: Keeping, ana: Person
) -> None:
    heard = noting(app, "more")
    first = modal(text_input(), *actions(button("More", "more")))
    async with over_socket(app):
        view = await opened(app, ana, first)
        await ana.enters(view, {"said": "half a sentence"})
        await ana.presses(view, "More")
        pressed = heard[0]["view"]
        assert pressed["state"]["values"]["said"]["said"]["value"] == "half a sentence"
        grown = modal(text_input(), text_input("more"), *actions(button("More", "more")))
        await app.client.views_update(view_id=pressed["id"], hash=pressed["hash"], view=grown)
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await app.client.views_update(view_id=pressed["id"], hash=pressed["hash"], view=first)
        [now] = await ana.views()
        await ana.presses(now, "More")
    assert now.state == {"said": "half a sentence", "more": None}
    assert heard[1]["view"]["hash"] == now.hash != pressed["hash"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("users_select", "U0NOBODY"),
        ("multi_users_select", [ANA, "U0GONE"]),
        ("channels_select", "C0NOWHERE"),
    ],
)
async def test_nobody_can_be_chosen_who_is_not_there(
    app: Keeping, slack: Slackside, ana: Person, kind: str, value: Any
) -> None:
    await slack.act("add_user", id="U0GONE", deleted=True)
    async with over_socket(app):
        view = await opened(app, ana, modal(_input(kind, {})))
        with pytest.raises(Refused, match="to choose"):
            await ana.fills(view, {kind: value})


async def shown(app: Keeping, person: Person, blocks: list[Json], where: str) -> Message | View:
    """The blocks before her, in a message or a modal."""
    if where == "modal":
        return await opened(app, person, modal(*blocks))
    await app.client.chat_postMessage(channel=GENERAL, text="x", blocks=blocks)
    return (await person.sees(GENERAL))[-1]


def without(given: Json, name: str) -> Json:
    return {key: value for key, value in given.items() if key != name}


def _option(name: str) -> Json:
    """An option as it comes back from Slack."""
    return {"text": {**plain(name), "emoji": True}, "value": name}


def _input(kind: str, more: Json) -> Json:
    element = {"type": kind, "action_id": kind, **more}
    return {"type": "input", "block_id": kind, "label": plain(kind), "element": element}


_OPTIONS = {"options": [{"text": plain(name), "value": name} for name in "ab"]}
KINDS: list[tuple[str, Json, Any, Json]] = [
    ("plain_text_input", {}, "<!channel> & so", {"value": "<!channel> & so"}),
    ("number_input", {"is_decimal_allowed": False}, 3, {"value": "3"}),
    ("email_text_input", {}, "a@b.test", {"value": "a@b.test"}),
    ("url_text_input", {}, "https://x.test", {"value": "https://x.test"}),
    ("static_select", _OPTIONS, "a", {"selected_option": _option("a")}),
    ("radio_buttons", _OPTIONS, "b", {"selected_option": _option("b")}),
    ("multi_static_select", _OPTIONS, ["a"], {"selected_options": [_option("a")]}),
    ("checkboxes", _OPTIONS, ["b"], {"selected_options": [_option("b")]}),
    ("users_select", {}, BO, {"selected_user": BO}),
    ("multi_users_select", {}, [ANA, BO], {"selected_users": [ANA, BO]}),
    ("conversations_select", {}, GENERAL, {"selected_conversation": GENERAL}),
    ("channels_select", {}, GENERAL, {"selected_channel": GENERAL}),
    ("datepicker", {}, "2026-12-24", {"selected_date": "2026-12-24"}),
    ("timepicker", {}, "09:30", {"selected_time": "09:30"}),
    ("datetimepicker", {}, 1795417200, {"selected_date_time": 1795417200}),
]
PRESSED: list[tuple[str, Json, Any, Json]] = [
    ("users_select", {"initial_user": ANA}, BO, {"selected_user": BO}),
    ("static_select", _OPTIONS, "a", {"selected_option": _option("a")}),
    ("checkboxes", _OPTIONS, ["a", "b"], {"selected_options": [_option("a"), _option("b")]}),
    ("overflow", _OPTIONS, "b", {"selected_option": _option("b")}),
]
"""Kind, what else it has, what a person picks, what arrives; in this order, so that the last state holds them all."""

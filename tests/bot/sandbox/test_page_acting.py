"""The page's own scripts, run outside a browser against a running sandbox: what a hand does reaches a real app."""

import asyncio
import json
import subprocess
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.sandbox import page
from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    GENERAL,
    OTHER,
    PRIVATE,
    actions,
    button,
    hearing,
    over_socket,
    plain,
    text_input,
)
from tests.nodejs import node
from tests.slackside import Person, Slackside

Json = dict[str, Any]

HERE = Path(__file__).parent
STATIC = Path(page.__file__).parent / "static"
OPTIONS = [{"text": plain(name.title()), "value": name} for name in ("alpha", "beta")]
ELEMENTS: list[Json] = [
    {"type": "users_select", "action_id": "users_select", "initial_user": ANA},
    {"type": "static_select", "action_id": "static_select", "options": OPTIONS},
    {"type": "checkboxes", "action_id": "checkboxes", "options": OPTIONS},
    {"type": "overflow", "action_id": "overflow", "options": OPTIONS},
    button("Done", "done"),
]
ACTS = [
    {"find": {"key": "acts/users_select/"}, "set": {"value": BO}, "event": "change"},
    {"find": {"key": "acts/static_select/"}, "set": {"value": "beta"}, "event": "change"},
    {"find": {"tag": "input", "value": "alpha"}, "set": {"checked": True}, "event": "change"},
    {"find": {"tag": "button", "words": "Beta"}, "event": "click"},
    {"find": {"key": "quiet/said"}, "set": {"value": "typed along"}, "event": "change"},
    {"find": {"key": "reason/said"}, "set": {"value": "because"}, "event": "keydown", "pressed": "Enter"},
    {"find": {"key": "acts/done/"}, "event": "click"},
]


async def by_hand(sandbox: Running, channel: str, **facts: Any) -> tuple[list[list[str]], str]:
    """The files that the newest message shows afterwards (label, name, content), and which were chosen to be sent."""
    asked = {"folder": STATIC.as_uri(), "url": sandbox.url, "me": ANA, "channel": channel, **facts}
    command = [node(), str(HERE / "page_by_hand.mjs"), json.dumps(asked)]
    ran = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, timeout=60, check=False, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout), ran.stderr.strip()


async def test_what_is_picked_and_typed_in_a_message_reaches_the_app(sandbox: Running, ana: Person) -> None:
    app, _ = hearing(sandbox)
    heard: list[Json] = []

    async def note(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    for name in ("users_select", "static_select", "checkboxes", "overflow", "said", "done"):
        app.action(name)(note)
    blocks = [*actions(*ELEMENTS), {**text_input("reason"), "dispatch_action": True}, text_input("quiet")]
    async with over_socket(app):
        await app.client.chat_postMessage(channel=GENERAL, text="x", blocks=blocks)
        await by_hand(sandbox, GENERAL, acts=ACTS)
    told = [body["actions"][0] for body in heard]
    assert [one["action_id"] for one in told] == [
        "users_select", "static_select", "checkboxes", "overflow", "said", "done",
    ]  # fmt: skip
    assert (told[0]["selected_user"], told[1]["selected_option"]["value"]) == (BO, "beta")
    assert [option["value"] for option in told[2]["selected_options"]] == ["alpha"]
    assert (told[3]["selected_option"]["value"], told[4]["value"]) == ("beta", "because")
    state = heard[-1]["state"]["values"]
    assert (state["reason"]["said"]["value"], state["quiet"]["said"]["value"]) == ("because", "typed along")
    assert state["acts"]["users_select"]["selected_user"] == BO


async def test_files_go_along_with_a_message_and_are_read_below_it(
    sandbox: Running, slack: Slackside, ana: Person
) -> None:
    app, heard = hearing(sandbox, "message")
    terms = "term,meaning\nÄnderung,change\n"
    async with over_socket(app):
        attached = {"text": "Our terms", "files": [["Our terms.csv", terms], ["more.txt", "m"]]}
        shown, chosen = await by_hand(sandbox, PRIVATE, attach=attached)
        await slack.eventually(lambda: heard)
    assert chosen == "Our terms.csv, more.txt Remove"
    assert shown == [["Our terms.csv", "Our terms.csv", terms], ["more.txt", "more.txt", "m"]]
    assert (heard[0]["text"], [file["name"] for file in heard[0]["files"]]) == (
        "Our terms", ["Our terms.csv", "more.txt"],
    )  # fmt: skip


async def test_the_menu_of_a_message_has_the_shortcuts_also_where_the_app_is_not(sandbox: Running, ana: Person) -> None:
    app, _ = hearing(sandbox)
    kept: list[Json] = []

    @app.message_shortcut("keep")
    async def keep(ack: AsyncAck, body: Json) -> None:
        await ack()
        kept.append(body)

    async with over_socket(app):
        await ana.says(OTHER, "a term to keep")
        await by_hand(sandbox, OTHER, acts=[{"find": {"tag": "button", "words": "Keep"}, "event": "click"}])
    assert [(body["message"]["text"], body["channel"]["id"]) for body in kept] == [("a term to keep", OTHER)]


async def test_an_emoji_of_the_app_is_added_to_by_pressing_it(sandbox: Running, slack: Slackside, ana: Person) -> None:
    app, heard = hearing(sandbox, "reaction_added", "message")
    async with over_socket(app):
        ts = await ana.says(PRIVATE, "what is churn?")
        await app.client.reactions_add(channel=PRIVATE, timestamp=ts, name="books")
        await by_hand(sandbox, PRIVATE, acts=[{"find": {"tag": "button", "words": ":books: 1"}, "event": "click"}])
        await slack.eventually(lambda: any(event["type"] == "reaction_added" for event in heard))
    [message] = await ana.sees(PRIVATE)
    assert message.raw["reactions"] == [{"name": "books", "users": ["U0CROSSWALK", ANA], "count": 2}]

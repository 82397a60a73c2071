"""Modals and Homes: triggers, stacks, hashes, inputs, what the app answers, closing."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import (
    ANA,
    BO,
    Keeping,
    actions,
    bolt,
    button,
    client,
    error_of,
    keep_values,
    manifest,
    modal,
    opened,
    over_socket,
    plain,
    running,
    seed,
    text_input,
    trigger,
)
from tests.slackside import Person, Refused, Slackside

Json = dict[str, Any]


@pytest.fixture
def app(sandbox: Running) -> Keeping:
    """Keeps the trigger of every command and press in `triggers`, and acknowledges everything."""
    return Keeping(sandbox)


async def test_a_trigger_opens_one_view_once(sandbox: Running, app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        name = await trigger(app, ana)
        await app.client.views_open(trigger_id=name, view=modal())
        assert await error_of(app.client.views_open(trigger_id=name, view=modal())) == "exchanged_trigger_id"
        assert await error_of(app.client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"
    shown = await ana.view()
    assert shown is not None
    assert (shown.title, shown.callback_id, shown.state) == ("Form", "form", {"said": None})


async def test_a_trigger_expires() -> None:
    with running(seed(trigger_seconds=0.05)) as sandbox:
        app = Keeping(sandbox)
        async with over_socket(app), Slackside(sandbox.url) as side:
            name = await trigger(app, side.as_person(ANA))
            await asyncio.sleep(0.06)
            assert await error_of(app.client.views_open(trigger_id=name, view=modal())) == "expired_trigger_id"


async def test_a_trigger_belongs_to_the_app_that_got_it() -> None:
    planted = seed()
    other = {"app_id": "A0OTHER", "name": "Other", "bot_user_id": "U0OTHER", "bot_token": "xoxb-other"}
    planted["apps"].append({**other, "app_token": "xapp-other", "signing_secret": "s", "manifest": {}})
    with running(planted) as sandbox:
        app = Keeping(sandbox)
        async with over_socket(app), Slackside(sandbox.url) as side:
            name = await trigger(app, side.as_person(ANA))
            foreign = client(sandbox, "xoxb-other").views_open(trigger_id=name, view=modal())
            assert await error_of(foreign) == "invalid_trigger_id"


async def test_a_bad_view_and_a_huge_one_are_refused(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        name = await trigger(app, ana)
        with pytest.raises(SlackApiError) as raised:
            await app.client.views_open(trigger_id=name, view=modal({"type": "rubbish"}))
        huge = modal(*[text_input(f"b{n}", initial_value="x" * 2900) for n in range(90)])
        assert await error_of(app.client.views_open(trigger_id=name, view=huge)) == "view_too_large"
    assert raised.value.response["error"] == "invalid_arguments"
    assert "/view/blocks/0" in raised.value.response["response_metadata"]["messages"][0]


async def test_three_views_stack_and_a_fourth_does_not(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        await opened(app, ana, modal(*actions(button()), text_input()))
        for number in (2, 3, 4):
            top = await ana.view()
            assert top is not None
            await ana.presses(top, "Go")
            name = app.triggers.pop()
            push = app.client.views_push(trigger_id=name, view=modal(*actions(button()), text_input()))
            if number == 4:
                assert await error_of(push) == "push_limit_reached"
            else:
                await push
    first, second, third = await ana.views()
    assert third.raw["previous_view_id"] == second.id
    assert third.raw["root_view_id"] == first.id


async def test_a_stale_hash_is_a_conflict(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        view = await opened(app, ana, modal())
        await app.client.views_update(view_id=view.id, hash=view.hash, view=modal())
        stale = app.client.views_update(view_id=view.id, hash=view.hash, view=modal())
        assert await error_of(stale) == "hash_conflict"
        assert await error_of(app.client.views_update(view_id="V0NONE", view=modal())) == "not_found"


async def test_an_external_id_is_unique_and_finds_its_view(
    sandbox: Running, slack: Slackside, app: Keeping, ana: Person
) -> None:
    async with over_socket(app):
        await opened(app, ana, modal(external_id="round-1"))
        second = app.client.views_open(
            trigger_id=await trigger(app, slack.as_person(BO)), view=modal(external_id="round-1")
        )
        assert await error_of(second) == "duplicate_external_id"
        await app.client.views_update(external_id="round-1", view=modal(external_id="round-1", title=plain("New")))
    shown = await ana.view()
    assert shown is not None
    assert shown.title == "New"


async def test_what_was_entered_survives_an_update_of_the_view(app: Keeping, ana: Person) -> None:
    async with over_socket(app):
        view = await opened(app, ana, modal())
        await ana.enters(view, {"said": "half a sentence"})
        both = modal(text_input(initial_value="ignored"), text_input("more", initial_value="fresh"))
        await app.client.views_update(view_id=view.id, view=both)
    shown = await ana.view()
    assert shown is not None
    assert shown.state == {"said": "half a sentence", "more": "fresh"}


async def test_slacks_client_refuses_before_the_app_hears(app: Keeping, ana: Person) -> None:
    values: list[Json] = []
    app.view("form")(keep_values(values))
    number = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, "max_value": "5"}
    blocks = [text_input(max_length=5), {"type": "input", "block_id": "n", "label": plain("N"), "element": number}]
    async with over_socket(app):
        view = await opened(app, ana, modal(*blocks))
        with pytest.raises(Refused) as empty:
            await ana.fills(view)
        with pytest.raises(Refused) as long:
            await ana.fills(view, {"said": "x" * 6, "n": "7"})
    assert empty.value.body["errors"]["said"] == "Please complete this required field."
    assert set(long.value.body["errors"]) == {"said", "n"}
    assert values == []


@pytest.mark.parametrize("action", ["update", "push", "clear", "errors", None])
async def test_the_app_answers_a_submission(app: Keeping, ana: Person, action: str | None) -> None:
    answers: dict[str | None, Json] = {
        "update": {"response_action": "update", "view": modal(title=plain("Second"))},
        "push": {"response_action": "push", "view": modal(title=plain("Second"))},
        "clear": {"response_action": "clear"},
        "errors": {"response_action": "errors", "errors": {"said": "Say more."}},
        None: {},
    }

    @app.view("form")
    async def submitted(ack: AsyncAck) -> None:
        await ack(**answers[action])

    async with over_socket(app):
        view = await opened(app, ana, modal())
        answer = await ana.fills(view, {"said": "yes"})
    titles = {"update": ["Second"], "push": ["Form", "Second"], "errors": ["Form"]}
    assert [one.title for one in await ana.views()] == titles.get(str(action), [])
    assert answer.get("errors") == answers[action].get("errors")


async def test_errors_for_blocks_that_are_no_inputs_show_trouble(app: Keeping, ana: Person) -> None:
    @app.view("form")
    async def submitted(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"elsewhere": "No."})

    async with over_socket(app):
        view = await opened(app, ana, modal())
        with pytest.raises(Refused, match="We had some trouble connecting"):
            await ana.fills(view, {"said": "yes"})


async def test_an_unanswered_submission_shows_trouble_and_keeps_the_window() -> None:
    with running(seed(ack_seconds=0.3)) as sandbox:
        app = Keeping(sandbox)
        async with over_socket(app), Slackside(sandbox.url) as side:
            ana = side.as_person(ANA)
            view = await opened(app, ana, modal())
            with pytest.raises(Refused, match="We had some trouble connecting"):
                await ana.fills(view, {"said": "yes"})
            assert (await ana.views())[0].state == {"said": "yes"}


async def test_closing_is_told_only_where_it_was_asked_for(slack: Slackside, app: Keeping, ana: Person) -> None:
    closed: list[Json] = []

    @app.view_closed("form")
    async def gone(ack: AsyncAck, body: Json) -> None:
        await ack()
        closed.append(body)

    async with over_socket(app):
        await ana.closes(await opened(app, ana, modal()))
        await ana.closes(await opened(app, ana, modal(notify_on_close=True)))
        await ana.closes(await opened(app, ana, modal(notify_on_close=True)), all=True)
        await slack.eventually(lambda: len(closed) == 2)
    assert [body["is_cleared"] for body in closed] == [False, True]
    assert await ana.view() is None


async def test_a_home_is_published_opened_and_pressed(sandbox: Running, slack: Slackside, ana: Person) -> None:
    app = bolt(sandbox)
    seen: list[Json] = []

    @app.event("app_home_opened")
    async def show(event: Json) -> None:
        seen.append(event)
        await app.client.views_publish(user_id=event["user"], view={"type": "home", "blocks": actions(button())})

    @app.action("go")
    async def went(ack: AsyncAck, body: Json) -> None:
        await ack()
        seen.append(body)

    async with over_socket(app):
        await ana.opens_home()
        home = await slack.eventually(ana.home)
        await ana.presses(home, "Go")
        await ana.opens_home()
        await slack.eventually(lambda: len(seen) == 3)
        stale = app.client.views_publish(
            user_id=ANA, hash="0.x", view={"type": "home", "blocks": [{"type": "divider"}]}
        )
        assert await error_of(stale) == "hash_conflict"
    first, pressed, second = seen
    assert (first["tab"], "view" in first, second["view"]["id"]) == ("home", False, home.id)
    assert (pressed["container"], pressed["view"]["id"]) == ({"type": "view", "view_id": home.id}, home.id)


async def test_without_a_home_tab_nothing_is_published() -> None:
    homeless = manifest()
    homeless["features"]["app_home"]["home_tab_enabled"] = False
    with running(seed(homeless)) as sandbox:
        published = client(sandbox).views_publish(user_id=ANA, view={"type": "home", "blocks": []})
        assert await error_of(published) == "not_enabled"

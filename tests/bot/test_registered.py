"""Walks everything that the features register, and everything their views can show."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import manifest
from bot.features.decisions import verbs
from bot.outbox import PICTURE_SCOPES
from bot.registering import registered
from bot.registry import Registry
from bot.sandbox.blockkit import check_message, check_view, message_too_long
from bot.slack import refs
from tests.bot.features import views

REGISTRY = registered()
SHOWN = views.everything()
SOURCES = [file for file in Path("bot").rglob("*.py") if "sandbox" not in file.parts and "demo" not in file.parts]

# Which scope lets each Web API method be called (facts from Slack's method pages); none needed for the empty ones.
METHOD_SCOPES = {
    "auth_test": (),
    "auth.test": (),
    "apps.connections.open": (),
    "apps_connections_open": (),
    "chat_getPermalink": (),
    "chat_postMessage": ("chat:write",),
    "chat_postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "conversations.open": ("im:write",),
    "conversations.list": ("channels:read", "groups:read"),
    "conversations.members": ("channels:read", "groups:read"),
    "conversations_open": ("im:write",),
    "files_info": ("files:read",),
    "files_upload_v2": ("files:write",),
    "reactions_add": ("reactions:write",),
    "conversations_info": ("channels:read", "groups:read"),
    "users.list": ("users:read",),
    "usergroups_list": ("usergroups:read",),
    "views_open": (),
    "views_push": (),
    "views_publish": (),
    "views_update": (),
}
CALL = re.compile(
    r"""(?:\.|")((?:auth|apps|chat|conversations|files|reactions|usergroups|users|views)[_.][A-Za-z0-9_.]+)["(]"""
)


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_every_button_and_form_that_a_view_can_show_is_answered(name: str) -> None:
    _text, blocks = SHOWN[name]
    for found in _every(blocks):
        if found.get("type") == "button" and "url" not in found:
            assert refs.verb_of(found["action_id"]) in REGISTRY.presses, found["action_id"]
            assert refs.unpack(found["value"]) is not None
        if found.get("type") == "overflow":
            assert found["action_id"] in REGISTRY.presses, found["action_id"]
            assert all(refs.unpack(option["value"]) for option in found["options"])
        if found.get("type") == "modal" and "submit" in found:
            assert found["callback_id"] in REGISTRY.forms, found["callback_id"]


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_slack_and_its_own_sdk_take_every_view(name: str) -> None:
    text, blocks = SHOWN[name]
    assert text
    for one in blocks:
        if one.get("type") in ("modal", "home"):
            assert check_view(one, one["type"]) == []
            View(**one).validate_json()
        else:
            assert check_message([one], text) == []
            parsed = Block.parse(one)
            # Slack's SDK has no model of a chart yet.
            assert parsed is not None or one["type"] == "data_visualization"
            if parsed is not None:
                parsed.validate_json()


@pytest.mark.parametrize("name", sorted(name for name in SHOWN if name.startswith("decision_")))
def test_a_whole_message_about_a_decision_is_not_more_than_slack_takes(name: str) -> None:
    text, blocks = SHOWN[name]
    if not any(block.get("type") in ("modal", "home") for block in blocks):
        assert check_message(blocks, text) == []
        assert not message_too_long(blocks)
        assert len(text) <= 4000, "so long may the text of a message be that is changed later"


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_view_reads_as_its_golden_file_says(name: str) -> None:
    golden = Path(__file__).parent / "features" / "golden" / f"{name}.txt"
    text, blocks = SHOWN[name]
    shown = "\n".join([f"text: {text}", "", *views.read_aloud(blocks)]) + "\n"
    if not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown)
        pytest.fail(f"{golden.name} was written for the first time. Read it, then keep it.")
    assert shown == golden.read_text()


def test_no_golden_file_is_left_over() -> None:
    kept = {file.stem for file in (Path(__file__).parent / "features" / "golden").glob("*.txt")}
    assert kept == set(SHOWN)


def test_every_sentence_in_the_templates_is_used() -> None:
    code = "".join(file.read_text() for file in (Path("bot/filing.py"), *Path("bot/features").rglob("*.py")))
    for template in Path("bot/features").rglob("*.j2"):
        for macro in re.findall(r"{% macro (\w+)", template.read_text()):
            assert f".{macro}(" in code, f"{template.name}: {macro}"


def test_every_scope_that_the_manifest_asks_for_is_used_and_none_is_missing() -> None:
    called = {found for file in SOURCES for found in CALL.findall(file.read_text()) if found in METHOD_SCOPES}
    needed = {scope for method in called for scope in METHOD_SCOPES[method]}
    needed |= {scope for event in manifest.events(REGISTRY) for scope in manifest.EVENT_SCOPES[event]}
    needed |= {"commands"} if REGISTRY.commands else set()
    needed |= {"files:read"}  # also lets the bot fetch a file from the address that came with a message
    needed |= {"users:read.email"}  # adds the address to users.list, by which the configuration may name people
    assert set(manifest.scopes(REGISTRY)) == needed


def test_a_scope_that_two_features_ask_for_says_both_reasons() -> None:
    registry = Registry()
    registry.scope("files:write", "to send the glossary", "no export")
    for each in PICTURE_SCOPES:
        registry.scope(*each)
    asked = registry.scopes["files:write"]
    assert asked.why == "to send the glossary; to send charts as pictures where Slack does not draw them"
    assert asked.without == "no export; a chart stands there in words"
    assert set(registry.scopes) == {"files:read", "files:write"}


def test_every_web_api_method_that_the_code_calls_is_known_here() -> None:
    called = {found for file in SOURCES for found in CALL.findall(file.read_text())}
    known = set(METHOD_SCOPES) | set(manifest.EVENT_SCOPES)
    strange = {found for found in called if found not in known and not found.endswith((".", "_"))}
    assert {found for found in strange if not _is_ours(found)} == set()


def test_every_job_that_is_put_on_the_queue_has_somebody_who_does_it() -> None:
    from bot.features.people.listeners import CHANGED
    from bot.features.standup import ticks

    kinds = {ticks.PROMPTS, ticks.THREAD, ticks.BOARD, ticks.REMINDERS, ticks.CLOSE, ticks.PEOPLE_CHANGED, CHANGED}
    assert kinds <= set(REGISTRY.jobs)


def test_the_manifest_fits_slacks_limits() -> None:
    made = manifest.manifest(REGISTRY, "http", "https://crosswalk.example/slack/events")
    features = made["features"]
    assert len(made["display_information"]["description"]) <= 140
    assert len(features["shortcuts"]) <= manifest.SHORTCUT_LIMIT
    assert all(len(command["usage_hint"]) <= 1000 for command in features["slash_commands"])
    assert {command["url"] for command in features["slash_commands"]} == {"https://crosswalk.example/slack/events"}
    assert manifest.link(made).startswith("https://api.slack.com/apps?new_app=1&manifest_json=%7B")


def _every(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(found for each in value.values() for found in _every(each))]
    return [found for each in value for found in _every(each)] if isinstance(value, list) else []


def _is_ours(name: str) -> bool:
    """Attributes of our own that merely look like a method of Slack's."""
    if name == "users_select":  # an element of Block Kit
        return True
    return any(isinstance(node, ast.FunctionDef) and node.name in name for file in SOURCES for node in _tree(file))


def _tree(file: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(file.read_text())))


def test_what_comes_next_is_told_in_words() -> None:
    registry = registered()
    told = {kind: registry.tellable(kind, "weekly.2026-11-23T09:00") for kind in registry.titles}
    assert "weekly: people are asked" in told.values()
    assert registry.tellable(verbs.REMIND, "39@1795456800") == "decision 39: reminders"
    assert registry.tellable("nothing of ours", "39") == ""
    begins = {kind: calling.title.format("weekly") for kind, calling in registry.callings.items()}
    assert begins["standup"] == "weekly begins"
    assert "." not in "".join([*told.values(), *begins.values()])

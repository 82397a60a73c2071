"""What payloads say of the workspace: the one where the app is installed, whoever acts in a shared channel."""

from typing import Any

import pytest

from bot.slack import payloads

HERE, THERE = "T0HERE", "T0THERE"


def test_an_event_from_a_shared_channel_belongs_to_the_workspace_that_is_told_of_it() -> None:
    said = {"type": "message", "channel": "C1", "user": "U1", "text": "Hello", "ts": "1.0"}
    body: dict[str, Any] = {"team_id": THERE, "event_id": "Ev1", "authorizations": [{"team_id": HERE}], "event": said}
    message = payloads.said(body)
    assert message is not None
    assert (message.workspace, payloads.event(body).workspace) == (HERE, HERE)
    assert payloads.event({**body, "authorizations": []}).workspace == THERE


def test_a_form_sent_from_a_shared_channel_belongs_to_the_workspace_that_opened_it() -> None:
    view = {"id": "V1", "callback_id": "standup.form", "app_installed_team_id": HERE}
    form = payloads.form({"team": {"id": THERE}, "user": {"id": "U1", "team_id": THERE}, "view": view})
    assert form.workspace == HERE


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ({"url_private": "https://files.slack.com/a"}, "https://files.slack.com/a"),
        (
            {"url_private": "https://files.slack.com/a", "url_private_download": "https://files.slack.com/b"},
            "https://files.slack.com/b",
        ),
        ({"url_private": "https://docs.example/a", "is_external": True}, ""),
        ({"url_private": "https://docs.example/a", "mode": "external", "is_external": False}, ""),
        ({"mode": "tombstone"}, ""),
    ],
)
def test_a_file_that_lies_outside_slack_has_no_address(file: dict[str, Any], address: str) -> None:
    said = {"type": "message", "channel": "D1", "user": "U1", "ts": "1.0", "files": [{"id": "F1", **file}]}
    message = payloads.said({"team_id": HERE, "event_id": "Ev1", "event": said})
    assert message is not None
    assert [each.address for each in message.files] == [address]

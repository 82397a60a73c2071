"""Commands as a group calls them, in sentences of ours."""

import pytest

from bot.words import called


@pytest.mark.parametrize(
    ("names", "text", "read"),
    [
        ({}, "Send `/standup me`.", "Send `/standup me`."),
        ({"/standup": "/daily"}, "Send `/standup me`.", "Send `/daily me`."),
        ({"/standup": "/daily"}, "Send `/standups`, or /standup.", "Send `/standups`, or /standup."),
        (
            {"/standup": "/crosswalk-daily", "/crosswalk": "/cw"},
            "`/standup`, `/crosswalk`",
            "`/crosswalk-daily`, `/cw`",
        ),
        ({"/standup": "/crosswalk", "/crosswalk": "/standup"}, "`/standup`, `/crosswalk`", "`/crosswalk`, `/standup`"),
    ],
)
def test_sentences_name_commands_as_the_group_calls_them(names: dict[str, str], text: str, read: str) -> None:
    assert called(text, names) == read
    assert called([{"text": {"text": text}}], names) == [{"text": {"text": read}}]

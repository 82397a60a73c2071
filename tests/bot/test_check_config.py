"""What check-config prints: problems with their lines, or who is asked what, where and when in the coming week."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.check_config import check, report
from bot.config.reading import read_file, read_text
from bot.settings import Directory
from rituals.people.store import ChannelRow, MemberRow

SHIPPED = Path(__file__).parents[2] / "config.yaml"
ZONES = {
    "Europe/Lisbon": "rui sofia marta luis",
    "America/New_York": "dana emma jonas",
    "Asia/Kolkata": "priya kavya",
    "Pacific/Auckland": "hemi aroha",
    "Europe/Berlin": "tomas",
}
EVERYBODY = tuple(f"U{handle.upper()}" for handles in ZONES.values() for handle in handles.split())
SUNDAY = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def acme(*more: MemberRow, bot_in: bool = True, inside: tuple[str, ...] = EVERYBODY) -> Directory:
    members = [
        MemberRow(f"U{handle.upper()}", handle.title(), handle, f"{handle}@acme.example", zone)
        for zone, handles in ZONES.items()
        for handle in handles.split()
    ]
    return Directory(
        members=[*members, *more],
        channels=[
            ChannelRow("C1", "product-sync", bot_in=bot_in),
            ChannelRow("C2", "release-room", private=True, bot_in=True),
        ],
        inside={"C1": inside, "C2": ("URUI", "UPRIYA", "UJONAS")},
    )


def week(directory: Directory, now: datetime = SUNDAY) -> str:
    return report(read_file(SHIPPED), now, directory)


def small(standup: str, head: str = "admins: ['@marta']\n") -> str:
    title = "    title: T\n    channel: product-sync\n"
    return f"{head}standups:\n  daily:\n{title}{standup}    questions: [{{key: a, ask: A}}]\n"


def test_a_week_in_five_zones_with_thanksgiving_in_it() -> None:
    assert week(acme()) == "\n".join(
        [
            "The configuration can be used: 5 functions, 12 people, 2 stand-ups.",
            "The coming week, from Sun 22 Nov 2026 07:00 UTC:",
            "",
            "weekly: Weekly cross-functional stand-up, in #product-sync (mon 09:00)",
            "  1. What moved since last week? (text, required)",
            "  2. What comes next? (text)",
            "  3. What did customers say that the others should hear? (text, only Sales, Customer Success)",
            "  4. What stops you? (blocker)",
            "  5. Which function can help? (waiting)",
            "  Marta alone hears who did not answer.",
            "  Mon 23 Nov 2026 09:00, each on her own clock",
            "    The thread opens Mon 23 Nov 09:00 Europe/Lisbon (09:00 UTC) and closes Mon 23 Nov 23:00 Europe/Lisbon"
            " (23:00 UTC).",
            "    Asked Mon 23 Nov 09:00 Pacific/Auckland (Sun 20:00 UTC): Aroha, Hemi",
            "    Asked Mon 23 Nov 09:00 Asia/Kolkata (03:30 UTC): Kavya, Priya",
            "    Asked Mon 23 Nov 09:00 Europe/Berlin (08:00 UTC): Tomas",
            "    Asked Mon 23 Nov 09:00 Europe/Lisbon (09:00 UTC): Luis, Marta, Rui, Sofia",
            "    Asked Mon 23 Nov 09:00 America/New_York (14:00 UTC): Dana, Emma, Jonas",
            "",
            "release: Release check, in #release-room (thu 10:00)",
            "  1. Is your part ready for the release? (choice, required)",
            "  2. How sure are you that it will go well? (scale)",
            "  3. What is missing? (text)",
            "  Rui alone hears who did not answer.",
            "  Thu 26 Nov 2026 10:00, Europe/Lisbon",
            "    The thread opens Thu 26 Nov 10:00 Europe/Lisbon (10:00 UTC) and closes Thu 26 Nov 14:00 Europe/Lisbon"
            " (14:00 UTC).",
            "    Asked Thu 26 Nov 15:30 Asia/Kolkata (10:00 UTC): Priya",
            "    Asked Thu 26 Nov 10:00 Europe/Lisbon (10:00 UTC): Rui",
            "    Away (Thanksgiving Day): Jonas",
            "",
            "Decisions: due after 3 working days, unless whoever asks says otherwise.",
            "  The decider is reminded 1 working day before it is due and when it is due; 1 working day later somebody"
            " else hears of it.",
            "  What is tagged “pricing”: Dana decides; when it is late, Marta hears of it.",
            "  What is tagged “security”: Rui decides; when it is late, Marta hears of it.",
            "  What Engineering is asked for: Rui decides.",
            "  What Design is asked for: Sofia decides.",
            "  The summary comes in #product-sync (fri 15:00): next Fri 27 Nov 15:00 Europe/Lisbon (15:00 UTC).",
            "",
            "Everybody who is asked has a function.",
        ]
    )


def test_without_slack_people_stand_as_they_are_written_and_it_says_so() -> None:
    fine, text = check(SHIPPED, SUNDAY)
    assert fine
    assert "Slack was not asked: people stand as they are written" in text
    assert "everybody's clock is taken to be Europe/Lisbon." in text
    assert "@marta alone hears who did not answer." in text
    assert "Asked Mon 23 Nov 09:00 Europe/Lisbon (09:00 UTC): @aroha, @dana, @emma" in text
    assert "Away (Thanksgiving Day): @dana, @emma, @jonas" in text
    assert "What is tagged “pricing”: @dana decides; when it is late, @marta hears of it." in text
    assert "Everybody who is asked has a function." in text


def test_an_hour_that_clocks_change_is_shown_as_it_will_be() -> None:
    text = week(acme(), datetime(2027, 3, 27, 7, 0, tzinfo=UTC))
    assert "Asked Mon 29 Mar 09:00 Europe/Lisbon (08:00 UTC): Luis, Marta, Rui, Sofia" in text
    assert "Asked Mon 29 Mar 09:00 America/New_York (13:00 UTC): Dana, Emma, Jonas" in text


def test_a_day_on_the_skip_list_is_named() -> None:
    text = week(acme(), datetime(2026, 12, 27, 7, 0, tzinfo=UTC))
    assert "  Mon 28 Dec 2026 09:00: it does not take place (skip)." in text
    assert "Thu 31 Dec 2026 10:00, Europe/Lisbon" in text
    assert "Away (company day off): Jonas, Priya, Rui" in text


def test_a_prompt_that_moves_says_from_where_and_why() -> None:
    configuration = read_text(
        small(
            "    when: mon 09:00\n    window: 3d\n",
            "admins: ['@marta']\npeople: {'@marta': {country: PT}, '@dana': {country: US}}\n",
        )
    )
    directory = acme(inside=("UMARTA", "UDANA"))
    text = report(configuration, datetime(2027, 5, 30, 7, 0, tzinfo=UTC), directory)
    assert "Asked Tue 01 Jun 09:00 America/New_York (13:00 UTC), moved from Mon 31 May (Memorial Day): Dana" in text
    assert "Asked Mon 31 May 09:00 Europe/Lisbon (08:00 UTC): Marta" in text


def test_what_does_not_happen_this_week_says_when_it_does() -> None:
    text = report(read_text(small("    when: first tue 09:00\n")), SUNDAY, acme())
    assert "  Not this week; next on Tue 01 Dec 2026 09:00." in text


def test_what_happens_all_the_time_is_not_listed_without_end() -> None:
    text = report(read_text(small("    when: '*/30 * * * *'\n    zone: UTC\n    window: 15m\n")), SUNDAY, acme())
    assert text.count("The thread opens") == 7
    assert f"  And {7 * 48 - 8} times more this week." in text


def test_people_without_a_function_are_named() -> None:
    ana = MemberRow("UANA", "Ana", "ana", "", "Europe/Lisbon")
    text = week(acme(ana, inside=(*EVERYBODY, "UANA")))
    assert "Asked without having a function: Ana\nAdd them to a function's members." in text


def test_bots_guests_and_people_who_left_are_not_asked() -> None:
    more = (
        MemberRow("UBOT", "Build", "build", "", "UTC", bot=True),
        MemberRow("UGUEST", "Guest", "guest", "", "UTC", guest=True),
        MemberRow("UOTHER", "Other", "other", "", "UTC", stranger=True),
        MemberRow("ULEFT", "Left", "left", "", "UTC", deactivated=True),
    )
    text = week(acme(*more, inside=(*EVERYBODY, *(row.user for row in more))))
    assert not [name for name in ("Build", "Guest", "Other", "Left") if name in text]


def test_a_status_that_means_away_is_obeyed() -> None:
    ana = MemberRow("UANA", "Ana", "ana", "", "Europe/Lisbon", status_emoji="palm_tree")
    assert "Away (away by status): Ana" in week(acme(ana, inside=("UANA",)))


def test_a_zone_that_this_machine_does_not_know_stops_nothing() -> None:
    ana = MemberRow("UANA", "Ana", "ana", "", "Moon/Tranquility")
    assert "Asked Mon 23 Nov 09:00 UTC (09:00 UTC): Ana" in week(acme(ana, inside=("UANA",)))


def test_somebody_in_two_functions_is_named_with_the_one_that_counts() -> None:
    configuration = read_text(
        "functions:\n  - {name: Sales, side: business, lead: dana}\n"
        "  - {name: Data, side: technical, members: [dana]}\n"
    )
    assert "Dana is in Sales, and is named in Data as well: the first counts." in report(configuration, SUNDAY, acme())


def test_people_and_channels_that_slack_does_not_know_are_named() -> None:
    configuration = read_text(
        small("    when: mon 09:00\n", "admins: ['@martha']\n").replace("product-sync", "product")
    )
    text = report(configuration, SUNDAY, acme())
    assert "Not found in Slack; everything else works:\n  admins: Nobody in Slack is called “@martha”." in text
    assert "  standups.daily.channel: Slack shows no channel “#product”." in text
    assert "0 stand-ups." in text


def test_a_channel_without_the_bot_says_how_to_invite_it() -> None:
    text = week(acme(bot_in=False, inside=()))
    assert "  Crosswalk is not in #product-sync yet. Invite it there: /invite @crosswalk" in text
    assert "  Nobody who is asked is known yet." in text


def test_without_slack_nobody_whom_only_decisions_or_the_glossary_name_is_unknown() -> None:
    text = report(
        read_text(
            "glossary: {stewards: ['@a'], domains: [{name: Revenue, stewards: ['@b']}]}\n"
            "decisions: {who_decides: [{tag: t, decider: '@c', escalate_to: '@d'}], summary: {channels: [sync]}}\n"
        ),
        SUNDAY,
    )
    assert "Not found in Slack" not in text
    assert "What is tagged “t”: @c decides; when it is late, @d hears of it." in text
    assert "The summary comes in #sync (fri 15:00): next Fri 27 Nov 15:00 UTC (15:00 UTC)." in text


def test_decisions_of_which_nothing_is_written_are_told_as_they_will_be() -> None:
    text = report(read_text("decisions: {remind: 0, due: 1, escalate: 2}"), SUNDAY, acme())
    assert (
        "Decisions: due after 1 working day, unless whoever asks says otherwise.\n"
        "  The decider is reminded when it is due; 2 working days later somebody else hears of it.\n"
        "  No summary comes anywhere."
    ) in text


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        (
            "{when: mon 9:00, channels: [product-sync, release-room]}",
            "#product-sync, #release-room (mon 9:00): next Mon 23",
        ),
        ("{when: never, channels: product-sync}", "No summary comes anywhere."),
        ("{channels: [product-sync, gone]}", "The summary comes in #product-sync (fri 15:00)"),
        ("{channels: gone}", "No summary comes anywhere."),
    ],
)
def test_the_summary_of_decisions_says_when_and_where(summary: str, told: str) -> None:
    assert told in report(read_text(f"decisions: {{summary: {summary}}}"), SUNDAY, acme())


def test_the_summarys_channel_without_the_bot_says_how_to_invite_it() -> None:
    text = report(read_text("decisions: {summary: {channels: product-sync}}"), SUNDAY, acme(bot_in=False))
    assert "  Crosswalk is not in #product-sync yet. Invite it there: /invite @crosswalk" in text


def test_optional_people_are_named() -> None:
    text = report(read_text(small("    when: mon 09:00\n    optional: ['@rui', '@dana']\n")), SUNDAY, acme())
    assert "  Welcome to answer, never reminded: Dana, Rui" in text


def test_wrong_files_get_all_their_problems_instead(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("admin: []\ncalendar: {zone: lisbon}\n")
    fine, text = check(file, SUNDAY)
    assert not fine
    assert text == (
        "2 things are wrong. Nothing was changed.\n\n"
        f"{file}, line 1: admin: “admin” is not known here. Did you mean “admins”?\n\n"
        f"{file}, line 2: calendar.zone: “lisbon” is no time zone. Did you mean “Europe/Lisbon”?"
    )


def test_one_problem_is_one_thing(tmp_path: Path) -> None:
    assert check(tmp_path / "nothing.yaml", SUNDAY)[1].startswith("1 thing is wrong. Nothing was changed.\n\n")


def test_a_folder_is_told_workspace_by_workspace(tmp_path: Path) -> None:
    for team in ("T1AB", "T2AB"):
        (tmp_path / f"{team}.yaml").write_text("admins: [rui]")
    fine, text = check(tmp_path, SUNDAY)
    assert fine
    assert [line for line in text.splitlines() if line.startswith("Workspace")] == ["Workspace T1AB", "Workspace T2AB"]

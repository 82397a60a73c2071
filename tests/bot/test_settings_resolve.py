"""From a configuration as written to ids: who is found how, and that what is unknown never stops the rest."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.config.models import Configuration
from bot.config.reading import read_file, read_text
from bot.settings import Directory, Resolved, resolve
from bot.slack.people import Group
from rituals.decisions.settings import Decides, DecisionSettings
from rituals.people.rules import Function
from rituals.people.store import ChannelRow, MemberRow
from rituals.standup.settings import Audience

SHIPPED = Path(__file__).parents[2] / "config.yaml"
COMMANDS = ("/standup", "/glossary", "/define", "/decision", "/crosswalk")
HANDLES = "rui priya tomas kavya hemi sofia jonas dana luis emma marta aroha"


def member(handle: str, name: str = "", *, deactivated: bool = False, bot: bool = False) -> MemberRow:
    address = f"{handle}@acme.example"
    shown = name or handle.title()
    return MemberRow(f"U{handle.upper()}", shown, handle, address, "UTC", deactivated=deactivated, bot=bot)


ACME = Directory(
    members=[member(handle) for handle in HANDLES.split()],
    channels=[ChannelRow("C1", "product-sync"), ChannelRow("C2", "release-room", private=True)],
    inside={"C1": ("URUI", "UDANA")},
    groups=[Group("S1", "engineering", ("UPRIYA", "UTOMAS"))],
)


def found(text: str, directory: Directory = ACME) -> Resolved:
    return resolve(read_text(text), directory)


def whys(resolved: Resolved) -> list[str]:
    return [str(each) for each in resolved.unknown]


def standup(more: str = "", *, named: str = "weekly", channel: str = "product-sync") -> str:
    written = f"  {named}:\n    title: T\n    channel: '#{channel}'\n    when: mon 09:00\n{more}"
    return f"standups:\n{written}    questions: [{{key: news, ask: News}}]\n"


def test_the_shipped_configuration_is_found_whole() -> None:
    settings = resolve(read_file(SHIPPED), ACME, version=3)
    assert settings.version == 3
    assert settings.unknown == ()
    assert settings.functions[0] == Function("engineering", "Engineering", "technical", "URUI", "PT")
    assert settings.memberships["engineering"] == ("URUI", "UPRIYA", "UTOMAS")
    assert settings.countries["UPRIYA"] == "IN"
    assert settings.countries["URUI"] == "PT"
    assert len(settings.countries) == len(settings.function_of) == 12
    assert settings.admins == {"UMARTA"}
    assert settings.calendar.country == "PT"
    assert (settings.calendar.days, settings.calendar.opens) == (frozenset(range(5)), time(9))
    assert date(2026, 12, 24) in settings.calendar.own
    assert settings.commands == {name: name for name in COMMANDS}
    assert settings.messages_per_minute == 300


def test_the_shipped_standups_come_out_in_ids_and_lengths() -> None:
    weekly, release = resolve(read_file(SHIPPED), ACME).standups.values()
    assert (weekly.key, weekly.channel, weekly.owner, weekly.zone) == ("weekly", "C1", "UMARTA", "member")
    assert weekly.thread_zone == "Europe/Lisbon"
    assert (weekly.window, weekly.early) == (timedelta(hours=9), timedelta(hours=15))
    assert weekly.reminders == (timedelta(hours=3),)
    assert weekly.skip_dates == {"2026-12-28"}
    assert weekly.audience == Audience(channel=True)
    assert weekly.questions[2].functions == ("sales", "customer-success")
    assert (release.channel, release.owner, release.zone, release.thread_zone) == (
        "C2",
        "URUI",
        "Europe/Lisbon",
        "Europe/Lisbon",
    )
    assert release.shows == "at the close"
    assert release.questions[0].options == ("Ready", "Nearly", "Not yet", "Nothing in this release")


def test_an_empty_configuration_resolves_to_nobody_and_nothing() -> None:
    settings = resolve(Configuration(), Directory())
    assert (settings.functions, settings.standups, settings.unknown, settings.version) == ((), {}, (), 0)
    assert settings.calendar.zone == "UTC"


@pytest.mark.parametrize("written", ["@rui", "@RUI", "rui", "Rui", "rui@acme.example", "RUI@ACME.example", "URUI"])
def test_people_are_found_by_handle_name_address_or_id(written: str) -> None:
    assert found(f"admins: ['{written}']").admins == {"URUI"}


def test_a_handle_wins_over_somebody_elses_shown_name() -> None:
    directory = replace(ACME, members=[member("rui"), member("rc", name="Rui")])
    assert found("admins: ['@rui']", directory).admins == {"URUI"}


def test_a_shown_name_may_have_spaces() -> None:
    assert found("admins: ['@Rui Costa']", Directory([member("rc", name="Rui Costa")])).admins == {"URC"}


def test_a_name_that_several_people_have_is_not_guessed() -> None:
    two = Directory([member("ana1", name="Ana"), member("ana2", name="Ana")])
    settings = found("admins: ['@ana']", two)
    assert settings.admins == frozenset()
    assert whys(settings) == ["admins: 2 people are called “@ana”: write her email address or member id."]


def test_somebody_who_left_does_not_stand_in_the_way_of_her_namesake() -> None:
    two = Directory([member("ana1", name="Ana", deactivated=True), member("ana2", name="Ana")])
    assert found("admins: ['@ana']", two).admins == {"UANA2"}


def test_bots_are_not_found_by_name() -> None:
    assert found("admins: ['@build']", Directory([member("build", bot=True)])).admins == frozenset()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("admins: ['@ruy']", "admins: Nobody in Slack is called “@ruy”. Did you mean “rui”?"),
        ("admins: ['@zz']", "admins: Nobody in Slack is called “@zz”. Write her email address or member id."),
        (
            "admins: [x@y.example]",
            "admins: Nobody in Slack has the address “x@y.example”: write her handle or member id.",
        ),
        (
            "admins: [U0GONE]",
            "admins: Slack shows no member “U0GONE”: copy the id from her profile, under the three dots.",
        ),
        (
            "functions: [{name: Sales, side: business, group: '@sales'}]",
            "functions.sales.group: Slack shows no user group “@sales”. List the members instead.",
        ),
        (
            "functions: [{name: Sales, side: business, group: '@enginering'}]",
            "functions.sales.group: Slack shows no user group “@enginering”. Did you mean “engineering”?",
        ),
        ("people: {'@nobody': {country: PT}}", "people: Nobody in Slack is called “@nobody”. "),
        (
            "glossary: {stewards: ['@ruy']}",
            "glossary.stewards: Nobody in Slack is called “@ruy”. Did you mean “rui”?",
        ),
        (
            "admins: [rui]\n" + standup(channel="product-sink"),
            "standups.weekly.channel: Slack shows no channel “#product-sink”. Did you mean “product-sync”? "
            "If it is private, invite Crosswalk there first: /invite @crosswalk. Until then this stand-up is left out.",
        ),
    ],
)
def test_what_slack_does_not_know_is_named_with_what_to_do(text: str, why: str) -> None:
    (told,) = whys(found(text))
    assert told.startswith(why)


def test_an_archived_channel_leaves_its_standup_out_and_the_others_work() -> None:
    directory = replace(ACME, channels=[*ACME.channels, ChannelRow("C3", "old", archived=True)])
    text = "admins: [rui]\n" + standup(channel="old") + standup(named="daily").removeprefix("standups:\n")
    settings = found(text, directory)
    assert list(settings.standups) == ["daily"]
    assert whys(settings) == [
        "standups.weekly.channel: The channel “#old” is archived: unarchive it, or name another. "
        "Until then this stand-up is left out."
    ]


def test_unknown_members_are_left_out_and_the_rest_of_the_function_stays() -> None:
    settings = found("functions: [{name: Sales, side: business, lead: nobody, members: [rui, noone, dana]}]")
    assert settings.memberships == {"sales": ("URUI", "UDANA")}
    assert settings.functions[0].lead is None
    assert [each.path for each in settings.unknown] == ["functions.sales.lead", "functions.sales.members"]


def test_a_function_takes_the_members_of_a_user_group_beside_its_own() -> None:
    settings = found(
        "functions: [{name: E, side: technical, lead: rui, members: [priya, dana], group: '@engineering'}]"
    )
    assert settings.memberships == {"e": ("URUI", "UPRIYA", "UDANA", "UTOMAS")}


def test_who_is_in_two_functions_counts_in_the_first_with_its_country() -> None:
    settings = found(
        "functions:\n  - {name: A, side: business, country: PT, members: [rui]}\n"
        "  - {name: B, side: business, country: US, members: [rui, dana]}\n"
    )
    assert settings.function_of == {"URUI": "a", "UDANA": "b"}
    assert settings.countries == {"URUI": "PT", "UDANA": "US"}


def test_the_first_function_gives_no_country_it_does_not_have() -> None:
    settings = found(
        "functions:\n  - {name: A, side: business, members: [rui]}\n"
        "  - {name: B, side: business, country: US, members: [rui]}\n"
    )
    assert settings.countries == {}


def test_nobody_whose_account_is_closed_leads_or_owns_anything() -> None:
    directory = replace(ACME, members=[member("rui", deactivated=True), member("dana")])
    text = "admins: [dana]\nfunctions: [{name: E, side: technical, lead: rui}]\n" + standup("    owner: rui\n")
    settings = found(text, directory)
    assert settings.functions[0].lead is None
    assert settings.standups["weekly"].owner == "UDANA"
    assert whys(settings) == [
        "functions.e.lead: The account of “@rui” is deactivated: name somebody else.",
        "standups.weekly.owner: The account of “@rui” is deactivated: name somebody else.",
    ]


def test_the_first_known_admin_owns_what_nobody_else_does() -> None:
    assert found("admins: [nobody, dana, rui]\n" + standup()).standups["weekly"].owner == "UDANA"


def test_the_usual_reminder_is_no_use_to_a_standup_that_is_over_sooner() -> None:
    assert found("admins: [rui]\n" + standup("    window: 2h\n")).standups["weekly"].reminders == ()


def test_the_thread_opens_on_the_calendars_clock_unless_another_is_named() -> None:
    lisbon = "admins: [rui]\ncalendar: {zone: Europe/Lisbon}\n"
    zones = {
        more: found(lisbon + standup(more)).standups["weekly"].thread_zone
        for more in ("", "    thread_zone: Asia/Kolkata\n", "    zone: UTC\n")
    }
    assert list(zones.values()) == ["Europe/Lisbon", "Asia/Kolkata", "UTC"]


def test_renamed_commands_are_told_both_ways() -> None:
    settings = found("commands: {standup: /up}")
    others = {name: name for name in COMMANDS[1:]}
    assert settings.commands == {"/standup": "/up", **others}
    assert settings.meant == {"/up": "/standup", **others}


def test_the_shipped_decisions_come_out_in_ids_and_keys() -> None:
    assert resolve(read_file(SHIPPED), ACME).decisions == DecisionSettings(
        due_days=3,
        remind_days=1,
        escalate_days=1,
        most_consulted=5,
        decides=(
            Decides("UDANA", tag="pricing", escalate_to="UMARTA"),
            Decides("URUI", tag="security", escalate_to="UMARTA"),
            Decides("URUI", function="engineering"),
            Decides("USOFIA", function="design"),
        ),
        summary_when="fri 15:00",
        summary_channels=("C1",),
    )


def test_who_writes_nothing_of_decisions_gets_those_of_the_body() -> None:
    for text in ("admins: [rui]", "decisions:", "decisions: {who_decides: , summary: }"):
        assert found(text).decisions == DecisionSettings()


def test_every_length_of_decisions_arrives_where_it_is_meant() -> None:
    settings = found("decisions: {due: 5, remind: 0, escalate: 2, consult_at_most: 8}").decisions
    assert settings == DecisionSettings(due_days=5, remind_days=0, escalate_days=2, most_consulted=8)


@pytest.mark.parametrize("named", ["Customer Success", "customer success", "customer-success"])
def test_a_function_that_decides_is_named_by_its_name_or_key(named: str) -> None:
    functions = "functions: [{name: Customer Success, side: business, lead: marta}]\n"
    settings = found(functions + f"decisions: {{who_decides: [{{function: {named}, decider: dana}}]}}").decisions
    assert settings.who_decides([], "customer-success") == Decides("UDANA", function="customer-success")


@pytest.mark.parametrize("written", ["pricing", "Pricing", "'#pricing'", "' pricing '"])
def test_a_tag_is_found_however_it_is_written(written: str) -> None:
    settings = found(f"decisions: {{who_decides: [{{tag: {written}, decider: dana}}]}}").decisions
    decides = settings.who_decides(["pricing"], None)
    assert decides is not None
    assert decides.decider == "UDANA"


@pytest.mark.parametrize(
    ("summary", "when", "channels"),
    [
        ("{channels: product-sync}", "fri 15:00", ("C1",)),
        ("{when: mon 9:00, channels: [product-sync, '#release-room']}", "mon 9:00", ("C1", "C2")),
        ("{when: 0 15 * * fri, channels: product-sync}", "0 15 * * fri", ("C1",)),
        ("{when: Never, channels: product-sync}", None, ("C1",)),
        ("{when: fri 15:00}", None, ()),
        ("{when: fri 15:00, channels: []}", None, ()),
    ],
)
def test_the_summary_comes_where_it_is_wanted_or_not_at_all(
    summary: str, when: str | None, channels: tuple[str, ...]
) -> None:
    settings = found(f"decisions: {{summary: {summary}}}").decisions
    assert (settings.summary_when, settings.summary_channels) == (when, channels)


def test_one_channel_by_name_and_by_id_gets_one_summary() -> None:
    directory = replace(ACME, channels=[ChannelRow("C0SYNC", "sync")])
    settings = found("decisions: {summary: {channels: [sync, C0SYNC]}}", directory)
    assert settings.decisions.summary_channels == ("C0SYNC",)


def test_a_summary_without_a_known_channel_has_no_time_either() -> None:
    settings = found("decisions: {summary: {channels: [nowhere]}}")
    assert (settings.decisions.summary_when, settings.decisions.summary_channels) == (None, ())
    (why,) = whys(settings)
    assert why.startswith("decisions.summary.channels: Slack shows no channel “#nowhere”. ")
    assert why.endswith(" Until then the summary of decisions does not come there.")


def test_a_line_whose_decider_nobody_knows_is_left_out_and_the_others_stay() -> None:
    directory = replace(ACME, members=[member("rui", deactivated=True), member("dana")])
    settings = found(
        "decisions:\n  who_decides:\n"
        "    - {tag: hiring, decider: danna, escalate_to: zz}\n"
        "    - {tag: security, decider: rui}\n"
        "    - {tag: pricing, decider: dana, escalate_to: rui}\n",
        directory,
    )
    assert settings.decisions.decides == (Decides("UDANA", tag="pricing"),)
    assert whys(settings) == [
        "decisions.who_decides.1.decider: Nobody in Slack is called “@danna”. Did you mean “dana”?",
        "decisions.who_decides.1.escalate_to: Nobody in Slack is called “@zz”. Write her email address or member id.",
        "decisions.who_decides.2.decider: The account of “@rui” is deactivated: name somebody else.",
        "decisions.who_decides.3.escalate_to: The account of “@rui” is deactivated: name somebody else.",
    ]

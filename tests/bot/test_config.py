"""Configurations that are read: what may be written how, files and folders, and the way to a stored record and back."""

import subprocess
import sys
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from holidays import list_supported_countries
from hypothesis import given
from hypothesis import strategies as st

from bot.config import fields
from bot.config.countries import COUNTRIES
from bot.config.models import Configuration
from bot.config.problems import ConfigProblem
from bot.config.reading import for_workspace, from_body, read_bytes, read_file, read_path, read_text
from rituals.calendar import known_country

SHIPPED = Path(__file__).parents[2] / "config.yaml"
TWO = "functions:\n  - {name: Sales, side: business, lead: dana}\n  - {name: Câmara & Co, side: technical, lead: rui}\n"


def refused(path: Path) -> list[str]:
    with pytest.raises(ConfigProblem) as raised:
        read_path(path)
    return [str(problem).replace(str(path), "HERE") for problem in raised.value.problems]


def test_the_shipped_file_has_twelve_people_in_five_functions_and_two_standups() -> None:
    shipped = read_file(SHIPPED)
    people = [user for each in shipped.functions for user in (each.lead, *each.members)]
    assert len(people) == len(set(people)) == 12
    assert [each.key for each in shipped.functions] == ["engineering", "data", "design", "sales", "customer-success"]
    assert list(shipped.standups) == ["weekly", "release"]
    assert {question.kind for each in shipped.standups.values() for question in each.questions} == {
        "text",
        "blocker",
        "waiting",
        "choice",
        "scale",
    }


def test_a_configuration_reads_back_from_its_record_and_gives_the_same_record() -> None:
    shipped = read_file(SHIPPED)
    again = from_body(shipped.body())
    assert again == shipped
    assert again.body() == shipped.body()


def test_a_record_keeps_only_what_was_written() -> None:
    assert read_text("admins: [rui]").body() == '{"admins":["@rui"]}'
    assert Configuration().body() == "{}"


def test_a_record_of_a_newer_program_is_refused_with_its_path() -> None:
    with pytest.raises(ConfigProblem) as raised:
        from_body('{"calendar":{"moon":"full"}}')
    assert str(raised.value).startswith("stored configuration: calendar.moon: “moon” is not known here.")


def test_words_that_yaml_would_take_for_something_else_stay_words() -> None:
    read = read_text(
        "admins: [yes]\n"
        "calendar: {holidays: NO, hours: 9:30-17:00}\n"
        "away: {guests: yes}\n"
        "standups:\n  weekly:\n    title: 2026\n    channel: sync\n    when: mon 9:30\n"
        "    questions: [{key: ready, ask: Ready?, kind: choice, options: [yes, no, 010]}]\n"
    )
    assert read.admins == ("@yes",)
    assert read.calendar.holidays == "NO"
    assert (read.calendar.opens, read.calendar.closes) == (time(9, 30), time(17))
    assert read.away.guests is True
    assert read.standups["weekly"].title == "2026"
    assert read.standups["weekly"].questions[0].options == ("yes", "no", "010")


def test_one_thing_may_stand_alone_where_a_list_is_meant() -> None:
    read = read_text(
        "admins: '@rui'\ncalendar: {working_days: mon-thu, days_off: 2026-12-24}\naway: {emojis: ':palm_tree:'}"
    )
    assert read.admins == ("@rui",)
    assert read.calendar.working_days == ("mon", "tue", "wed", "thu")
    assert read.calendar.own == {date(2026, 12, 24)}
    assert read.away.emojis == ("palm_tree",)


def test_a_section_without_content_is_as_good_as_none() -> None:
    assert read_text("admins:\nfunctions:\nstandups:\ncalendar:\naway:\n") == Configuration()


def test_a_list_can_be_written_once_and_used_twice() -> None:
    question = "[{key: news, ask: What is new?}]"
    two = "".join(
        f"  {key}:\n    title: T\n    channel: sync\n    when: mon 09:00\n    questions: {how}\n"
        for key, how in (("a", f"&q {question}"), ("b", "*q"))
    )
    read = read_text(f"admins: [rui]\nstandups:\n{two}")
    assert read.standups["a"].questions == read.standups["b"].questions


def test_functions_get_a_key_from_their_name_and_are_found_by_either() -> None:
    standup = (
        "standups:\n  weekly:\n    {title: T, channel: sync, when: mon 09:00, owner: rui, audience: {functions: %s},"
    )
    standup += " questions: [{key: news, ask: What is new?, functions: [SALES]}]}\n"
    for named in ("[sales, camara-co]", "[Sales, Câmara & Co]", "Sales"):
        assert len(read_text(TWO + standup % named).functions) == 2
    assert [each.key for each in read_text(TWO).functions] == ["sales", "camara-co"]


def test_a_misspelt_function_elsewhere_does_not_hide_that_it_is_known() -> None:
    text = "functions:\n  - {name: Sales, side: neither, lead: dana}\nstandups:\n  weekly:\n    title: T\n"
    text += "    channel: sync\n    when: mon 09:00\n    owner: rui\n"
    text += "    questions: [{key: news, ask: Why?, functions: sales}]\n"
    with pytest.raises(ConfigProblem) as raised:
        read_text(text)
    assert [problem.path for problem in raised.value.problems] == ["functions.Sales.side"]


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read_with_its_lines() -> None:
    assert read_bytes("\ufeffadmins: [rui]\r\n".encode(), "config.yaml").admins == ("@rui",)
    with pytest.raises(ConfigProblem) as raised:
        read_bytes(b"admins: [rui]\r\n\r\nholiday: PT\r\n", "config.yaml")
    assert raised.value.problems[0].line == 3


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(ConfigProblem) as raised:
        read_bytes("admins: [rui]\n# café\n".encode("latin-1"), "config.yaml")
    assert str(raised.value) == "config.yaml, line 2: This is no UTF-8 text. Save the file again as UTF-8."


def test_a_file_that_is_not_there_says_where_to_get_one(tmp_path: Path) -> None:
    assert refused(tmp_path / "config.yaml") == [
        "HERE: There is no such file. Copy the config.yaml that comes with Crosswalk and change it. "
        "CONFIG names another place."
    ]


def test_one_file_serves_whichever_workspace_or_the_one_it_names(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("admins: [rui]")
    assert for_workspace(read_path(file), "T1AB") == Configuration(admins=("@rui",))
    file.write_text("workspace: T1AB\nadmins: [rui]")
    assert for_workspace(read_path(file), "T2AB") is None
    assert list(read_path(file)) == ["T1AB"]


def test_a_folder_has_a_file_for_each_workspace(tmp_path: Path) -> None:
    (tmp_path / "T1AB.yaml").write_text("admins: [rui]")
    (tmp_path / "T2AB.yaml").write_text("workspace: T2AB\nadmins: [dana]")
    (tmp_path / "notes.txt").write_text("not read")
    read = read_path(tmp_path)
    assert {team: each.admins for team, each in read.items()} == {"T1AB": ("@rui",), "T2AB": ("@dana",)}
    assert all(each.workspace == team for team, each in read.items())


def test_all_files_of_a_folder_are_read_before_their_problems_are_told(tmp_path: Path) -> None:
    (tmp_path / "T1AB.yaml").write_text("admins: {a: b}")
    (tmp_path / "T2AB.yaml").write_text("workspace: T9AB\n")
    (tmp_path / "acme.yaml").write_text("admins: [rui]")
    (tmp_path / "T3AB.yml").write_text("admins: [rui]")
    told = refused(tmp_path)
    assert [sentence.split(": ")[0] for sentence in told] == [
        "HERE/T1AB.yaml, line 1",
        "HERE/T2AB.yaml",
        "HERE/T3AB.yml",
        "HERE/acme.yaml",
    ]
    assert "The file's name says “T2AB”, this line says “T9AB”." in told[1]
    assert "Name it after its workspace, as in T012AB3CD.yaml." in told[3]


def test_an_empty_folder_says_what_belongs_there(tmp_path: Path) -> None:
    assert refused(tmp_path) == [
        "HERE: There is no .yaml file in this folder. Add one for each workspace, as in T012AB3CD.yaml."
    ]


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("90m", timedelta(minutes=90)),
        ("9h", timedelta(hours=9)),
        ("1d", timedelta(days=1)),
        ("1h 30m", timedelta(minutes=90)),
        ("1h30m", timedelta(minutes=90)),
        ("1.5 Hours", timedelta(minutes=90)),
        ("2 days", timedelta(days=2)),
        ("45 mins", timedelta(minutes=45)),
        ("0", timedelta()),
    ],
)
def test_lengths_of_time_are_read_as_people_write_them(written: str, length: timedelta) -> None:
    assert fields.duration(written) == length


@pytest.mark.parametrize("written", ["", "9", "h", "9 moons", "-3h", "9h later", "3h?", "1e3h", "½h"])
def test_what_is_no_length_of_time_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no length of time"):
        fields.duration(written)


@given(st.integers(min_value=0, max_value=60 * 24 * 365))
def test_a_length_of_time_reads_back_from_its_words(minutes: int) -> None:
    length = timedelta(minutes=minutes)
    assert fields.duration(fields.spoken(length)) == length


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("@rui", "@rui"),
        ("rui", "@rui"),
        (" rui.costa ", "@rui.costa"),
        ("@Rui Costa", "@Rui Costa"),
        ("rui@acme.example", "rui@acme.example"),
        ("U012AB3CD", "U012AB3CD"),
        ("<@U012AB3CD|rui>", "U012AB3CD"),
    ],
)
def test_people_may_be_written_in_several_ways(written: str, kept: str) -> None:
    assert fields.person(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("#sync", "#sync"),
        ("sync", "#sync"),
        ("C012AB3CD", "C012AB3CD"),
        ("<#C012AB3CD|sync>", "C012AB3CD"),
        ("#zé_1", "#zé_1"),
    ],
)
def test_channels_may_be_written_in_several_ways(written: str, kept: str) -> None:
    assert fields.channel(written) == kept


@given(st.text(max_size=40))
def test_a_field_gives_one_form_that_reads_as_itself_or_a_sentence(text: str) -> None:
    for read in (
        fields.written_duration,
        fields.hours,
        fields.day,
        fields.zone_or_member,
        fields.person,
        fields.channel,
        fields.tag,
        fields.when_or_never,
        fields.group,
        fields.command,
        fields.emoji,
        fields.key,
        fields.workspace,
    ):
        try:
            once = read(text)
        except ValueError as error:
            assert str(error).endswith((".", "?"))  # noqa: PT017
        else:
            assert read(once) == once


def test_the_countries_that_need_no_asking_are_those_that_the_library_knows() -> None:
    assert frozenset(list_supported_countries(include_aliases=False)) == COUNTRIES
    assert all(known_country(code) for code in COUNTRIES)


def test_reading_a_configuration_does_not_load_the_library_of_holidays() -> None:
    program = f"import sys; from bot.config.reading import read_file, Path; read_file(Path({str(SHIPPED)!r}))"
    program += "; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=SHIPPED.parent, timeout=60).returncode == 0


@pytest.mark.parametrize(("written", "kept"), [("pt", "PT"), (" us-ca ", "US-CA"), ("PRT", "PRT")])
def test_countries_may_be_written_small_and_with_a_region(written: str, kept: str) -> None:
    assert fields.country(written) == kept

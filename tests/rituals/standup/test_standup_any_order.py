"""Whatever people do, in whatever order and from however many windows: nobody has two answers, and none is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rituals.standup import usecases
from rituals.standup.rules import RoundClosed
from tests.rituals.standup.group import CALENDAR, KAVYA, NOA, RUI, Group, furnish, new_team

if TYPE_CHECKING:
    from bot.database import Database

Source = tuple[str, str]
USERS = (RUI, NOA, KAVYA)
ACTS = ("submit", "two windows", "reply", "edit", "delete", "comment", "close")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.sampled_from(USERS), st.sampled_from(["a", "b"]), st.sampled_from(["", "x", "y"])
    ),
    min_size=3,
    max_size=14,
)


@dataclass
class Told:
    """What a person's answer should be."""

    values: dict[str, str | int]
    source: Source | None = None
    late: bool = False


@dataclass
class Model:
    """What should be true, kept beside what is."""

    group: Group
    told: dict[str, Told] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    commenters: set[str] = field(default_factory=set)
    closed: bool = False

    def fixed(self, user: str) -> bool:
        """Whether she has an answer that the close has made final."""
        return self.closed and user in self.told and not self.told[user].late

    def tied(self, user: str) -> bool:
        return user in self.told and self.told[user].source is not None

    def submit(self, user: str, text: str, stops: str) -> None:
        values = _values(text, stops)
        if self.fixed(user):
            _refused(lambda: self.group.submit(user, values))
            return
        answered = self.group.submit(user, values)
        assert answered.is_new is (user not in self.told)
        before = self.told.get(user)
        self.told[user] = Told(values, before.source if before else None, answered.late)
        assert answered.late is (before.late if before else self.closed)

    def two_windows(self, user: str, text: str, stops: str) -> None:
        if self.fixed(user):
            return
        both = [_values(text, stops), _values(f"{text}{text}", "")]
        with ThreadPoolExecutor(2) as windows:
            found = list(windows.map(lambda values: self.group.submit(user, values), both))
        assert sum(each.is_new for each in found) == (0 if user in self.told else 1)
        kept = dict(self.group.answers()[user].values)
        assert kept in both
        before = self.told.get(user)
        self.told[user] = Told(kept, before.source if before else None, found[0].late)

    def reply(self, user: str, text: str, stops: str) -> None:
        taken, source = self.group.reply(user, text)
        owed = not self.closed and user not in self.told and user not in self.commenters
        assert (taken is not None) is owed
        if owed:
            self.told[user] = Told({"moved": text}, source)
            self.sources[user] = source

    def edit(self, user: str, text: str, stops: str) -> None:
        if user not in self.sources:
            return

        def change() -> object:
            return self.group.do(usecases.change_source, self.sources[user], text, self.group.now, CALENDAR)

        said_before = self.told[user].values["moved"] if self.tied(user) else text
        if said_before == text:
            assert change() is None
        elif self.fixed(user):
            _refused(change)
        else:
            assert change() is not None
            self.told[user].values = {**self.told[user].values, "moved": text}

    def delete(self, user: str, text: str, stops: str) -> None:
        if user in self.sources:
            self._take_back(user, usecases.withdraw_source, self.sources[user])

    def comment(self, user: str, text: str, stops: str) -> None:
        if self._take_back(user, usecases.just_a_comment, self.group.round, user):
            self.commenters.add(user)

    def _take_back(self, user: str, what: Callable[..., object], *named: object) -> bool:
        def act() -> object:
            return self.group.do(what, *named, self.group.now)

        if not self.tied(user):
            assert act() is None
            return False
        if self.fixed(user):
            _refused(act)
            return False
        assert act() is not None
        del self.told[user]
        return True

    def close(self, *_: str) -> None:
        self.group.it_is("2026-11-23 18:00")
        assert (self.group.close() is None) is self.closed
        self.closed = True

    def holds(self) -> None:
        found = self.group.answers()
        assert {user: dict(each.values) for user, each in found.items()} == {u: t.values for u, t in self.told.items()}
        assert {user for user, each in found.items() if each.late} == {u for u, t in self.told.items() if t.late}
        board = self.group.board()
        assert (board.answered, board.expected) == (len(self.told), 5)
        for user in USERS:
            stops = str(self.told[user].values.get("stops", "")) if user in self.told else ""
            assert self.group.open_blockers(user) == ([stops] if stops else [])
        shown = [each.user for section in self.group.digest().sections for each in section.entries]
        assert sorted(shown) == sorted(self.told)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_nobody_has_two_answers_and_none_is_lost(shared: "Database", steps: list[tuple[str, str, str, str]]) -> None:
    team = new_team()
    shared.write_now(furnish, team)
    model = Model(Group(shared, team))
    model.group.monday_morning()
    for act, user, text, stops in steps:
        getattr(model, act.replace(" ", "_"))(user, text, stops)
        model.holds()


def _values(text: str, stops: str) -> dict[str, str | int]:
    return {"moved": text, "stops": stops} if stops else {"moved": text}


def _refused(act: Callable[[], object]) -> None:
    try:
        act()
    except RoundClosed:
        return
    raise AssertionError("an answer that was on time changed after the close")

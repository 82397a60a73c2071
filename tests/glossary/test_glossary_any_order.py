"""Whatever people do to a few terms, in whatever order: every change is kept, names stay apart, memory keeps up."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.exchange import Row
from glossary.shelf import Shelf
from glossary.store import HintStore, SuggestionStore, TermStore
from glossary.terms import AlreadySo, NameTaken, NotASteward, Revision, Sense, Suggestion, Term, Wording
from glossary.usecases import asking, editing, exchanging, owners, reading
from glossary.usecases.editing import Changed, Met
from glossary.words import key
from rituals.refusals import Refused
from rituals.tables import Tx
from tests.glossary.group import ADA, DANA, KAVYA, MARTA, RUI, Group, new_team

if TYPE_CHECKING:
    from bot.database import Database

# Names of which several are one, so that people often meet.
NAMES = ("ARR", "arr", "run rates", "Run-rate", "Churn", "price list")
TEXTS = ("Money.", "Cash.", "")
USERS = (ADA, MARTA, DANA, RUI, KAVYA)
# What needs several things to come together is done more often.
ACTS = (
    "add",
    "edit",
    "edit",
    "edit an old view",
    "edit an old view",
    "accept",
    "dispute",
    "retire",
    "suggest and decline",
    "revert",
    "take",
    "take",
    "decline",
    "confirm",
    "ask owners",
    "switch hints",
    "bring in",
)


@dataclass(frozen=True)
class Step:
    """`pick` chooses among the terms, suggestions and revisions that there are by then."""

    act: str
    user: str
    wording: Wording
    pick: int


WORDINGS = st.builds(
    Wording,
    st.sampled_from(NAMES),
    st.just(()),
    st.sampled_from([(), ("ARR",), ("a", "b")]),
    st.lists(
        st.builds(
            Sense,
            st.sampled_from(TEXTS),
            st.sampled_from(TEXTS),
            business_owner=st.sampled_from([None, RUI]),
            domain=st.sampled_from(["", "revenue"]),
        ),
        min_size=1,
        max_size=2,
        unique=True,
    ).map(tuple),
)
STEPS = st.lists(
    st.builds(Step, st.sampled_from(ACTS), st.sampled_from(USERS), WORDINGS, st.integers(0, 7)),
    min_size=10,
    max_size=20,
)


@dataclass(frozen=True)
class Seen:
    """All that is kept, in one moment."""

    version: int
    terms: dict[str, Term]
    histories: dict[str, tuple[Revision, ...]]
    suggestions: dict[str, Suggestion]
    hinted: frozenset[str]
    anew: Shelf


@dataclass
class Model:
    """What must hold, whatever was done."""

    group: Group
    kept: Shelf = field(default_factory=Shelf)
    made: list[Suggestion] = field(default_factory=list)
    before: Seen = field(init=False)
    refused: bool = False

    def __post_init__(self) -> None:
        """There is something to change already, and somebody would like to."""
        arr = self.group.add(Wording("ARR", senses=(Sense("Money.", business_owner=RUI, domain="revenue"),)))
        churn = self.group.add(Wording("Churn", senses=(Sense("Who left."), Sense("How many."))), KAVYA)
        for term in (arr, churn):
            self.made.append(self.group.suggest(term, Wording(term.name, (), ("a",), term.wording.senses)))
        self.before = self.seen()

    def does(self, step: Step) -> None:
        self.group.later(days=20)
        known = list(self.before.terms.values())
        act: Callable[[Step, Term], object] = getattr(self, step.act.replace(" ", "_"))
        act(step, known[step.pick % len(known)])
        self.holds()

    def add(self, step: Step, _: Term) -> None:
        taken = key(step.wording.name) in self.keys()
        done = self.tried(lambda: self.group.added(step.wording, step.user))
        assert isinstance(done, NameTaken if taken else Changed)

    def edit(self, step: Step, term: Term) -> None:
        self.edited(step, term, term.revision)

    def edit_an_old_view(self, step: Step, term: Term) -> None:
        self.edited(step, term, 1 + step.pick % term.revision)

    def edited(self, step: Step, term: Term, base: int) -> None:
        done = self.tried(lambda: self.group.edit(term, step.wording, step.user, base=base))
        if term.state == "declined":
            assert isinstance(done, AlreadySo)
            return
        if isinstance(done, Suggestion):
            self.made += [done] if done not in self.made else []
        assert not isinstance(done, Met) or base < term.revision
        may = self.group.settings.may_change(term.wording, step.user)
        assert not isinstance(done, Suggestion if may else Changed)

    def accept(self, step: Step, term: Term) -> None:
        self.moved(term, step.user, "accepted", lambda: self.group.accept(term, step.user))

    def retire(self, step: Step, term: Term) -> None:
        self.moved(term, step.user, "retired", lambda: self.group.retire(term, "why", step.user))

    def suggest_and_decline(self, step: Step, _: Term) -> None:
        if key(step.wording.name) not in self.keys():
            term = self.group.add(step.wording, KAVYA)
            assert self.group.retire(term).term.state == "declined"

    def moved(self, term: Term, user: str, state: str, act: Callable[[], object]) -> None:
        done = self.tried(act)
        if term.state == "declined":
            assert isinstance(done, AlreadySo)
        elif not self.group.settings.tends(term.wording, user):
            assert isinstance(done, NotASteward)
        else:
            assert isinstance(done, AlreadySo if term.state == state else Changed)

    def dispute(self, step: Step, term: Term) -> None:
        done = self.tried(lambda: self.group.dispute(term, "why", step.user))
        assert isinstance(done, AlreadySo if term.state in ("disputed", "retired", "declined") else Changed)

    def revert(self, step: Step, term: Term) -> None:
        wanted = self.before.histories[term.id][step.pick % term.revision]
        done = self.tried(lambda: self.group.revert(term, wanted.n, step.user))
        if isinstance(done, Changed):
            assert (done.term.wording, done.term.state) == (wanted.wording, term.state)
        elif done is None:
            assert term.wording == wanted.wording

    def take(self, step: Step, _: Term) -> None:
        self.settled(step, self.group.take, "accepted")

    def decline(self, step: Step, _: Term) -> None:
        self.settled(step, self.group.decline, "declined")

    def settled(self, step: Step, act: Callable[[Suggestion, str], object], state: str) -> None:
        made = self.made[step.pick % len(self.made)]
        was = self.before.suggestions[made.id]
        done = self.tried(lambda: act(made, step.user))
        now = self.group.suggestion(made)
        if isinstance(done, (Met, Refused)):
            assert now == was
        else:
            assert (was.state, now.state, now.settled_by) == ("open", state, step.user)

    def confirm(self, step: Step, term: Term) -> None:
        done = self.tried(lambda: self.group.confirm(term, step.user))
        if term.state == "declined":
            assert isinstance(done, AlreadySo)
            return
        assert isinstance(done, Term if self.group.settings.may_change(term.wording, step.user) else NotASteward)

    def ask_owners(self, _: Step, __: Term) -> None:
        self.group.do(owners.take_unconfirmed, self.group.settings, (), self.group.now)

    def switch_hints(self, step: Step, _: Term) -> None:
        self.group.do(asking.switch_hints, f"C{step.pick}", step.user, step.pick % 2 == 0, self.group.now)

    def bring_in(self, step: Step, _: Term) -> None:
        row = Row(1, step.wording, "accepted")
        self.group.do(exchanging.bring_in, [row], step.user, self.group.settings, self.group.now)

    def tried(self, act: Callable[[], object]) -> object:
        try:
            return act()
        except Refused as refusal:
            self.refused = True
            return refusal

    def keys(self) -> set[str]:
        return set(_keys(self.before))

    def holds(self) -> None:
        was, now = self.before, self.seen()
        if self.refused:
            assert replace(now, anew=was.anew) == was
            self.refused = False
        self.every_change_is_a_revision(was, now)
        assert len(set(_keys(now))) == len(_keys(now))
        for name, before in was.suggestions.items():
            assert before.state == "open" or now.suggestions[name] == before
        self.memory_keeps_up(was, now)
        self.before = now

    def every_change_is_a_revision(self, was: Seen, now: Seen) -> None:
        assert was.terms.keys() <= now.terms.keys()
        for name, term in now.terms.items():
            history = now.histories[name]
            assert [each.n for each in history] == list(range(term.revision, 0, -1))
            assert (history[0].wording, history[0].state, history[0].reason) == (term.wording, term.state, term.reason)
            assert (history[0].by, history[0].at) == (term.changed_by, term.changed_at)
            before = was.terms.get(name)
            more = term.revision - (before.revision if before else 0)
            assert more in ((0, 1) if before else (1, 2))
            assert history[more:] == was.histories.get(name, ())
            if before is not None and more == 0:
                assert (before.wording, before.state, before.reason) == (term.wording, term.state, term.reason)

    def memory_keeps_up(self, was: Seen, now: Seen) -> None:
        assert now.version >= was.version
        moved = now.terms != was.terms or now.hinted != was.hinted
        assert now.version > was.version or not moved
        news = self.group.see(reading.news, self.kept.version)
        if news is None:
            assert self.kept.version == now.version
        elif isinstance(news, Shelf):
            self.kept = news
        else:
            self.kept.take(news.changed, news.version, news.hinted)
        _same(self.kept, now.anew)

    def seen(self) -> Seen:
        return self.group.see(_seen, [each.id for each in self.made])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_every_change_is_kept_and_names_stay_apart(shared: "Database", steps: list[Step]) -> None:
    model = Model(Group(shared, new_team()))
    for step in steps:
        model.does(step)


def test_much_that_is_new_comes_as_a_shelf_of_its_own(shared: "Database") -> None:
    group = Group(shared, new_team())
    few, shelf = [f"term {n}" for n in range(3)], Shelf()
    for names, kind in ((few, reading.News), ([f"word {n}" for n in range(250)], Shelf), (["last"], reading.News)):
        rows = [Row(n, Wording(name, senses=(Sense("x"),)), "accepted") for n, name in enumerate(names)]
        group.do(exchanging.bring_in, rows, ADA, group.settings, group.now)
        news = group.see(reading.news, shelf.version)
        assert isinstance(news, kind)
        if isinstance(news, reading.News):
            shelf.take(news.changed, news.version, news.hinted)
        elif isinstance(news, Shelf):
            shelf = news
        _same(shelf, group.see(_seen, []).anew)
    assert group.see(reading.news, shelf.version) is None


def test_a_glossary_without_terms_is_empty_whatever_else_was_done(shared: "Database") -> None:
    group = Group(shared, new_team())
    assert group.see(reading.is_empty)
    group.do(asking.switch_hints, "C1", ADA, True, group.now)
    assert group.see(reading.is_empty)
    group.retire(group.add(Wording("ARR", senses=(Sense("Money."),))))
    assert not group.see(reading.is_empty)


def _keys(seen: Seen) -> list[str]:
    """Of all whose names nobody else may have."""
    return [key(term.name) for term in seen.terms.values() if term.state != "declined"]


def _same(one: Shelf, other: Shelf) -> None:
    """They answer alike, in whatever order they came to know it."""
    assert (one.version, one.hinted) == (other.version, other.hinted)
    known = {term.id: term for term in one.everything()}
    assert known == {term.id: term for term in other.everything()}
    for name in {*NAMES, "a", "b", *(name for term in known.values() for name in term.wording.names())}:
        assert one.look_up(name) == other.look_up(name)
        assert one.knows(name) is other.knows(name)
        assert set(_near(one, f"{name}x")) == set(_near(other, f"{name}x"))
    text = "Is the ARR a run rate, or do price lists and churns tell of a b?"
    assert one.detect(text) == other.detect(text)


def _near(shelf: Shelf, text: str) -> tuple[str, ...]:
    search = shelf.near(text, 50)
    for _ in search:
        continue
    return search.ids


def _seen(tx: Tx, team: str, made: list[str]) -> Seen:
    terms, suggestions, anew = TermStore(tx, team), SuggestionStore(tx, team), Shelf()
    every, hinted = terms.since(0), HintStore(tx, team).channels()
    anew.take(every, terms.version(), hinted)
    return Seen(
        terms.version(),
        {term.id: term for term in every},
        {term.id: editing.history(tx, team, term.id) for term in every},
        {each: found for each in made if (found := suggestions.get(each))},
        hinted,
        anew,
    )

"""What a file of decisions would add to those that are here; what stands against it, row by row, in sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import get_args

from rituals.decisions.exchange import INVISIBLE, Group, Key, New, Plan, Problem, Row, cut, keys
from rituals.decisions.moments import Moment, day_of, moment
from rituals.decisions.records import Decision, Origin, State

STATES: tuple[State, ...] = get_args(State)
LONGEST, MOST = 3_000, 100
"""Characters in a text, as many as a form in Slack holds; and people, options, tags or links in a row."""
LONGEST_WAIT = timedelta(days=5 * 366)
"""More is a slip of the pen."""

NO_QUESTION = "There is no question. Write what was to be decided."
PERSON = "Write “@handle”, an email address or a member id (U…)."
NO_DECIDER = f"Nobody is named as decider. {PERSON}"
NO_ASKED = "Nothing says when it was asked. Write it in “asked”, as 2026-11-23 or 2026-11-23 14:30."
NO_CHANNEL = "Nothing says in which channel it was asked. Write “#name” or a channel id (C…)."
NO_END = "Nothing says when it was decided. Write that in “decided”, or in “due” by when an open decision is wanted."
TWO_ENDS = "It was decided and withdrawn. Keep one of them."
NOT_DECIDED = "It has an outcome, and nothing says when it was decided. Write that in “decided”."
NO_OUTCOME = "It was withdrawn and has an outcome. Write “decided” instead of “withdrawn”, or leave the outcome out."
OURS = "Write somebody of this company, or leave them out."
AGAIN = "Write it as 2026-11-23, or with its time as 2026-11-23 14:30."

_TEXTS = (
    *("question", "outcome", "why", "context", "decider", "asker", "driver", "closed_by", "channel"),
    *("function_asked", "function_waiting", "number", "supersedes"),
)
_LISTS = ("options", "tags", "links", "consulted", "informed")


def plan(rows: Sequence[Row], group: Group) -> Plan:
    """What the rows would add to what is here. A row that is here already is left alone, whatever else it says."""
    places = _places(rows)
    new: list[New] = []
    problems: list[Problem] = []
    numbers: dict[str, int] = {}
    here, seen = 0, dict[Key, int]()
    for row in rows:
        judged = _Judging(row, group)
        stands = next((group.known[key] for key in judged.keys if key in group.known), None)
        if stands is not None:
            here += 1
            numbers.setdefault(row.number, stands)
            continue
        decision = judged.decision()
        wrong = [*judged.wrong, *_among(row, judged.keys, seen, places)]
        problems += [Problem(row.at, what) for what in dict.fromkeys(wrong)]
        if decision is not None and not wrong:
            new.append(New(row.at, decision, row.number, row.supersedes))
    return Plan(tuple(new), here, numbers, tuple(problems))


def channels_of(rows: Iterable[Row], channels: Mapping[str, str]) -> set[str]:
    """The channels that rows name, as far as they are known."""
    return {found for row in rows if (found := _channel(row.channel, channels))}


class _Judging:
    """Makes a decision of a row, and gathers in `wrong` whatever stands against it.

    `keys` say which decision it is, the most exact first; they are empty where that cannot be told.
    """

    def __init__(self, row: Row, group: Group) -> None:
        self._row, self._group = row, group
        self.wrong: list[str] = []
        self.keys: tuple[Key, ...] = ()
        self._channel = self._in_channel()
        self._asked = self._at("asked", row.asked)
        if self._channel and self._asked and row.question:
            exact, daily = keys(self._channel, row.question, self._asked.begins, group.calendar)
            self.keys = (exact, daily) if self._asked.whole_day else (exact,)

    def decision(self) -> Decision | None:
        """None where something is wrong."""
        row = self._row
        self.wrong += _faults(row)
        decider, asker, driver = self._person(row.decider), self._person(row.asker), self._person(row.driver)
        closed_by, due, revisit = (
            self._person(row.closed_by),
            self._at("due", row.due),
            self._at("revisit", row.revisit),
        )
        consulted, informed = self._people(row.consulted), self._people(row.informed)
        asked, waiting = self._function(row.function_asked), self._function(row.function_waiting)
        span = self._span()
        if self.wrong or span is None:
            return None
        state: State = "decided" if row.decided else "withdrawn" if row.withdrawn else "open"
        asked_at, closed_at = span
        asker = asker or driver or self._group.by
        ended_by = closed_by or (decider if state == "decided" else asker)
        found = Decision(
            number=0,
            question=row.question,
            context=row.context,
            options=row.options,
            asker=asker,
            decider=decider,
            driver=driver or asker,
            consulted=consulted,
            informed=informed,
            asked=asked or self._function_of(decider),
            waiting=waiting or self._function_of(asker),
            due_at=due.ends if due else closed_at or asked_at,
            tags=row.tags,
            links=row.links,
            channel=self._channel,
            origin=Origin("file"),
            asked_at=asked_at,
            state=state,
            outcome=row.outcome,
            why=row.why,
            closed_by=ended_by if closed_at else None,
            closed_at=closed_at,
            revisit_on=day_of(revisit.begins, self._group.calendar) if revisit else None,
        )
        self.wrong += self._not_ours()
        self.wrong += self._not_waited_for(found) if found.live else self._not_hers(found)
        return found

    def _in_channel(self) -> str:
        written = self._row.channel
        found = _channel(written, self._group.channels)
        if written and not found:
            self.wrong.append(f"{_shown(written)} is no channel that can be seen here. Write “#name” or an id (C…).")
        return found

    def _at(self, column: str, written: str) -> Moment | None:
        found = moment(written, self._group.calendar) if written else None
        if written and found is None:
            self.wrong.append(f"{_shown(written)} in “{column}” is no day that can be read here. {AGAIN}")
        return found

    def _span(self) -> tuple[datetime, datetime | None] | None:
        """When it was asked, and when it was closed if it was. A day alone ends as late, and begins as early, as the
        other end on that day wants it."""
        row, asked = self._row, self._asked
        column = "decided" if row.decided else "withdrawn"
        closed = self._at(column, row.decided or row.withdrawn)
        self.wrong += self._to_come("asked", asked) + self._to_come(column, closed)
        if asked is None or closed is None:
            return (asked.begins, None) if asked else None
        begins, ends = asked.begins, closed.ends
        if day_of(begins, self._group.calendar) == day_of(ends, self._group.calendar):
            begins = min(begins, ends) if asked.whole_day else begins
            ends = max(begins, ends) if closed.whole_day else ends
        if ends < begins:
            self.wrong.append(f"It was {column} before it was asked. Check “asked” and “{column}”.")
        elif ends - begins > LONGEST_WAIT:
            self.wrong.append(f"It took more than five years. Check “asked” and “{column}”.")
        return begins, ends

    def _to_come(self, column: str, of: Moment | None) -> list[str]:
        now, calendar = self._group.now, self._group.calendar
        if of is None or (day_of(of.begins, calendar) <= day_of(now, calendar) if of.whole_day else of.begins <= now):
            return []
        return [f"What is written in “{column}” is still to come. Check the date."]

    def _person(self, written: str) -> str:
        people, lower = self._group.people, written.lower()
        found = next((people[name] for name in (written, lower, f"@{lower}") if name in people), "")
        if written and not found:
            self.wrong.append(
                f"{_shown(written)} is nobody here. Write “@handle”, an email address or a member id (U…)."
            )
        return found

    def _people(self, written: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self._person, written)))

    def _function(self, written: str) -> str | None:
        found = self._group.functions.get(written.casefold())
        if written and found is None:
            self.wrong.append(f"{_shown(written)} is no function here. Write one that is, or leave it out.")
        return found

    def _function_of(self, user: str) -> str | None:
        member = self._group.members.get(user)
        return member.function if member else None

    def _named(self) -> Iterator[str]:
        """Everybody with a part in it, as the row writes them."""
        row = self._row
        return filter(None, (row.decider, row.asker, row.driver, *row.consulted, *row.informed))

    def _not_ours(self) -> Iterator[str]:
        """Also one that is over may be opened again, and then they would be told."""
        for each in self._named():
            if self._person(each) in self._group.outsiders:
                yield f"{_shown(each)} is of another company and sees no decisions here. {OURS}"

    def _not_waited_for(self, of: Decision) -> Iterator[str]:
        """An open decision is told to people: only to those who may read of it, and asked of somebody who is there."""
        row, member = self._row, self._group.members.get(of.decider)
        if member is not None and member.deactivated:
            yield f"{_shown(row.decider)} has left and cannot decide any more. Write who does."
        for each in self._named():
            named = self._group.members.get(self._person(each))
            if named is not None and named.bot:
                yield f"{_shown(each)} is an app and cannot answer. Write a person, or leave it out."
            if not self._group.sees(self._person(each), of.channel):
                yield f"{_shown(each)} cannot see {_shown(row.channel)}. Invite them there, or leave them out."

    def _not_hers(self, of: Decision) -> Iterator[str]:
        """Nobody puts an answer into somebody else's mouth."""
        by, admins = self._group.by, self._group.admins
        may = {of.decider, of.driver} | ({of.asker} if of.state == "withdrawn" else set())
        if admins is not None and by not in admins and (of.closed_by != by or by not in may):
            yield f"You did not have it {of.state} yourself. Let whoever did import it, or an admin."


def _faults(row: Row) -> Iterator[str]:
    """What is wrong with a row in itself."""
    for there, sentence in (
        (row.question, NO_QUESTION),
        (row.decider, NO_DECIDER),
        (row.asked, NO_ASKED),
        (row.channel, NO_CHANNEL),
        (row.decided or row.withdrawn or row.due or row.outcome, NO_END),
        (not (row.decided and row.withdrawn), TWO_ENDS),
        (row.decided or row.withdrawn or not row.outcome, NOT_DECIDED),
        (row.decided or not (row.withdrawn and row.outcome), NO_OUTCOME),
    ):
        if not there:
            yield sentence
    yield from _no_state(row)
    yield from _too_much(row)
    for link in row.links:
        if not link.lower().startswith(("https://", "http://")) or " " in link:
            yield f"{_shown(link)} is no web address. Write it with https:// and without blanks."
    found = INVISIBLE.search("\n".join((*_texts(row), *_items(row))))
    if found:
        yield f"There is an invisible character (U+{ord(found[0]):04X}). Delete it, or type the text again."


def _no_state(row: Row) -> Iterator[str]:
    """`state` need not be there; but it must not say something else than the moments."""
    written = row.state.casefold()
    if not written:
        return
    if written not in STATES:
        yield f"{_shown(row.state)} is no state. Write open, decided or withdrawn, or leave it out."
    elif (written in ("decided", "superseded"), written == "withdrawn") != (bool(row.decided), bool(row.withdrawn)):
        yield f"It says “{written}”, and the moments in “decided” and “withdrawn” say something else. Mend one of them."


def _too_much(row: Row) -> Iterator[str]:
    for name in _TEXTS:
        if len(getattr(row, name)) > LONGEST:
            yield f"The text in “{name}” has {len(getattr(row, name)):,} characters. Keep {LONGEST:,} at most."
    for name in _LISTS:
        items = getattr(row, name)
        if len(items) > MOST:
            yield f"There are {len(items):,} in “{name}”. Keep {MOST} at most."
        if any(len(item) > LONGEST for item in items):
            yield f"One in “{name}” has more than {LONGEST:,} characters. Shorten it."


def _among(row: Row, its: Sequence[Key], seen: dict[Key, int], places: Mapping[str, int]) -> Iterator[str]:
    """What is wrong with a row beside the others of its file."""
    for key in its[:1]:
        if key in seen:
            yield f"Row {seen[key]} asks the same in the same channel at the same time. Keep one of them."
        seen.setdefault(key, row.at)
    if row.number and places[row.number] != row.at:
        yield f"Row {places[row.number]} has the number {_shown(row.number)} too. Give each its own, or none."
    if row.supersedes and places.get(row.supersedes, row.at) == row.at:
        instead = "Write what stands in another row's “number”, or leave it out."
        yield f"No other row has the number {_shown(row.supersedes)}, which this one supersedes. {instead}"


def _places(rows: Iterable[Row]) -> dict[str, int]:
    """In which row each number stands first."""
    found: dict[str, int] = {}
    for row in rows:
        found.setdefault(row.number, row.at)
    return found


def _channel(written: str, channels: Mapping[str, str]) -> str:
    return channels.get(written) or channels.get(written.removeprefix("#").casefold(), "")


def _texts(row: Row) -> Iterator[str]:
    return (getattr(row, name) for name in _TEXTS)


def _items(row: Row) -> Iterator[str]:
    return (item for name in _LISTS for item in getattr(row, name))


def _shown(text: str) -> str:
    """What somebody wrote, in quotation marks, on one line and cut visibly."""
    return f"“{cut(text)}”"

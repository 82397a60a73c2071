"""The summary of a period: in words first, three findings at most; the figures, the matrix and the weeks under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.features.decisions import verbs
from bot.features.decisions.views import Message, Seen
from bot.slack import blocks, charts
from bot.slack.blocks import Block
from bot.words import Words, escape
from rituals.decisions.findings import Finding
from rituals.decisions.matrix import Edge
from rituals.decisions.records import Decision
from rituals.decisions.summing import Figures, minutes_a_day
from rituals.decisions.turnaround import Quantile, Turnaround, Week
from rituals.decisions.usecases.summary import Lists, Period
from rituals.people.rules import day_words, local_day

WORDS = Words(Path(__file__).parent.parent / "words" / "summary.j2")
PLAIN = WORDS.plain

OLDEST, DECIDED, EDGES = 5, 10, 20


@dataclass(frozen=True, slots=True)
class Summed:
    """All that a summary says. `here_only`: it counts no other channel, since others read along."""

    period: Period
    figures: Figures
    lists: Lists
    here_only: bool = False


def messages(of: Summed, seen: Seen) -> list[Message]:
    """The first stands in the channel, the rest under it. With fewer than five decisions: just the list."""
    first = [blocks.header(PLAIN.title(_until(seen), _function(of, seen))), *_lead(of, seen)]
    if not of.figures.turnaround.enough:
        listed = _open(of.lists.open, seen, "few") + _decided(of.lists, seen)
        return [(_text(of, seen), [*first, *listed])]
    first.append(blocks.actions(blocks.button("How is this counted?", verbs.COUNTED)))
    rest: list[list[Block]] = [_in_figures(of, seen), _waiting(of, seen), _lists(of, seen), _weeks(of, seen)]
    titles = (WORDS.in_figures(), WORDS.waiting_title(), WORDS.lists_title(), WORDS.weeks_title())
    under = [[blocks.section(title), *parts] for title, parts in zip(titles, rest, strict=True) if parts]
    return [(_text(of, seen), first), *((_spoken(parts), parts) for parts in under)]


def one_message(of: Summed, seen: Seen) -> list[Message]:
    """The same for one reader, who asked: as few messages as Slack takes."""
    every = messages(of, seen)
    parts = [part for nth, (_, shown) in enumerate(every) for part in ([blocks.divider()] if nth else []) + shown]
    return [(_spoken(some), some) for some in blocks.messages(parts)]


def counted(seen: Seen, hours: int) -> Block:
    """How it is counted, for whoever wants to know."""
    parts = blocks.long_text(WORDS.how_counted(seen.calendar.zone, hours, 5))
    return blocks.modal("How is this counted?", "decision.counted", parts)


def _text(of: Summed, seen: Seen) -> str:
    return blocks.cut(_sentence(of.figures.turnaround, of, seen), blocks.FALLBACK)


def _spoken(parts: Sequence[Block]) -> str:
    """All of it in words, which is what screen readers read and notifications show."""
    said: list[str] = []
    for part in parts:
        if charts.is_picture(part):
            said.append(escape(charts.numbers(part)))
        elif part["type"] in ("section", "header"):
            text = part["text"]
            said.append(text["text"] if text["type"] == "mrkdwn" else escape(text["text"]))
    return blocks.cut("\n".join(said), blocks.FALLBACK)


def _lead(of: Summed, seen: Seen) -> list[Block]:
    said = [blocks.section(_sentence(of.figures.turnaround, of, seen))]
    if findings := [_finding(each, seen) for each in of.figures.findings]:
        said.append(blocks.section("\n".join(f"• {each}" for each in findings)))
    closed_only = of.figures.turnaround.closed_only_median
    notes = [WORDS.period(WORDS.last(of.period.weeks))] if of.figures.turnaround.enough else []
    notes += [WORDS.closed_only(_days(closed_only, seen))] if closed_only is not None else []
    notes += [WORDS.here_only()] if of.here_only else []
    return [*said, blocks.context(*notes)] if notes else said


def _sentence(of: Turnaround, summed: Summed, seen: Seen) -> str:
    if not of.enough:
        return WORDS.too_few(of.n, of.withdrawn, WORDS.last(summed.period.weeks))
    if of.median.value is None:
        return WORDS.half_not_reached(of.n, of.open)
    return WORDS.half(_days(of.median.value, seen), _between(of.median, seen), of.open)


def _finding(of: Finding, seen: Seen) -> str:
    value, than = ("" if each is None else _days(each, seen) for each in (of.value, of.than))
    if of.kind == "stuck":
        return WORDS.stuck(of.many, than)
    if of.kind == "slowest edge" and of.edge is not None:
        return WORDS.slowest_edge(
            _who(of.edge.waiting, seen), _who(of.edge.asked, seen), _how_long(of.edge, seen), than
        )
    if of.kind == "flattered":
        return WORDS.flattered(value, than)
    return WORDS.slower(value, than) if of.kind == "slower" else WORDS.faster(value, than)


def _in_figures(of: Summed, seen: Seen) -> list[Block]:
    figures = of.figures.turnaround
    lines = [
        WORDS.quantile("Half", _if_reached(figures.median.value, seen), _between(figures.median, seen)),
        WORDS.quantile("85 of 100", _if_reached(figures.p85.value, seen), _between(figures.p85, seen)),
    ]
    lines += [
        WORDS.chance(each.days, _percent(each.chance), _percent(each.low), _percent(each.high))
        for each in figures.within
    ]
    lines.append(WORDS.counts(figures.n - figures.open, figures.open, figures.withdrawn))
    return [blocks.section("\n".join(lines))]


def _waiting(of: Summed, seen: Seen) -> list[Block]:
    edges = sorted(of.figures.edges, key=lambda edge: (-edge.open, -edge.slowness))
    if not edges:
        return []
    rows: list[list[str | int]] = [["Waits", "For", "Open", "Answered", "Half within", "Oldest open"]]
    rows += [
        [
            _who(edge.waiting, seen, plain=True),
            _who(edge.asked, seen, plain=True),
            edge.open,
            edge.closed,
            "not reached" if edge.median is None else _days(edge.median, seen),
            "none" if edge.oldest_open is None else _days(edge.oldest_open, seen),
        ]
        for edge in edges[:EDGES]
    ]
    parts = [charts.table(rows, ("left", "left", "right", "right", "right", "right"))]
    named = [
        WORDS.edge(_who(edge.waiting, seen), _who(edge.asked, seen), _how_long(edge, seen), edge.open + edge.closed)
        for edge in of.figures.slowest
    ]
    return [*parts, blocks.section(WORDS.slowest(named))] if named else parts


def _lists(of: Summed, seen: Seen) -> list[Block]:
    lists = of.lists
    parts = [blocks.section(WORDS.standing(len(lists.open), lists.overdue, lists.reopened, lists.ever_decided))]
    return [*parts, *_open(lists.open, seen, "oldest"), *_decided(lists, seen)]


def _open(found: Sequence[Decision], seen: Seen, place: str) -> list[Block]:
    if not found:
        return []
    rows = [
        blocks.literal(_row(each, seen), blocks.button("Show", verbs.SHOW, nth=f"{place}{nth}", id=each.number))
        for nth, each in enumerate(found[:OLDEST])
    ]
    more = [blocks.context(WORDS.more_open(len(found) - OLDEST))] if len(found) > OLDEST else []
    return [blocks.section(WORDS.oldest()), *rows, *more]


def _decided(of: Lists, seen: Seen) -> list[Block]:
    if not of.decided:
        return [blocks.section(WORDS.nothing_decided())]
    rows = [
        blocks.literal(
            blocks.cut(PLAIN.decided_row(each), 500),
            blocks.button("Show", verbs.SHOW, nth=f"decided{nth}", id=each.number),
        )
        for nth, each in enumerate(of.decided[:DECIDED])
    ]
    more = len(of.decided) - DECIDED
    shown = [blocks.section(WORDS.decided_heading(len(of.decided))), *rows]
    return [*shown, blocks.context(WORDS.more_decided(more))] if more > 0 else shown


def _weeks(of: Summed, seen: Seen) -> list[Block]:
    """Two charts: how long the half took, where it was known, and how many were asked and decided."""
    weeks = of.figures.weeks
    known = [week for week in weeks if week.median.value is not None]
    parts: list[Block] = []
    if len(known) > 1:
        medians = [round(week.median.value or 0.0, 1) for week in known]
        parts.append(
            charts.line_chart(
                "Half are answered within", _labels(known, seen), {"Working days": medians}, "", "Working days"
            )
        )
    if any(week.asked or week.decided for week in weeks):
        counts = {"Asked": [week.asked for week in weeks], "Decided": [week.decided for week in weeks]}
        parts.append(charts.bar_chart("Asked and decided", _labels(weeks, seen), counts, "", "Decisions"))
    return parts


def _labels(weeks: Sequence[Week], seen: Seen) -> list[str]:
    days = (local_day(datetime.fromtimestamp(week.ends, UTC), seen.calendar.zone) for week in weeks)
    return [day_words(day, seen.day(seen.now)) for day in days]


def _row(of: Decision, seen: Seen) -> str:
    """With the day on which it was asked, and no second count of days beside the table's working time."""
    return blocks.cut(
        PLAIN.open_row(of, seen.name(of.decider), seen.on(of.due_at), seen.late(of), seen.on(of.asked_at)), 500
    )


def _who(key: str | None, seen: Seen, *, plain: bool = False) -> str:
    return seen.function(key) or (PLAIN if plain else WORDS).nobody_known()


def _how_long(of: Edge, seen: Seen) -> str:
    if of.median is not None:
        return _days(of.median, seen)
    return WORDS.and_counting(_days(of.oldest_open or 0.0, seen))


def _days(value: float, seen: Seen) -> str:
    """A length of working time as people say it: hours below a day, then days to the half."""
    hours = value * minutes_a_day(seen.calendar) / 60
    if value < 0.9:
        return PLAIN.hours(max(1, round(hours)))
    rounded = round(value * 2) / 2 if value < 10 else float(round(value))
    return PLAIN.days(int(rounded) if rounded.is_integer() else rounded)


def _if_reached(value: float | None, seen: Seen) -> str | None:
    return None if value is None else _days(value, seen)


def _between(of: Quantile, seen: Seen) -> str:
    """How sure that is; empty where nothing is known."""
    if of.low is None and of.high is None:
        return ""
    if of.low is None:
        return PLAIN.at_most(_days(of.high or 0.0, seen))
    if of.high is None:
        return PLAIN.at_least(_days(of.low, seen))
    low, high = _days(of.low, seen), _days(of.high, seen)
    if low == high:
        return PLAIN.about(low)
    number, unit = low.split(" ", 1)
    # "3 to 6 working days": said once where it is the same.
    return PLAIN.between(number if high.split(" ", 1)[1].startswith(unit.removesuffix("s")) else low, high)


def _percent(chance: float | None) -> int | None:
    return None if chance is None else round(100 * chance)


def _until(seen: Seen) -> str:
    return day_words(seen.day(seen.now), seen.day(seen.now))


def _function(of: Summed, seen: Seen) -> str:
    return seen.function(of.period.function)

"""Every summary of decisions once, made from plain records."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.features.decisions.views import summary
from bot.features.decisions.views.summary import Summed
from rituals.decisions.findings import Finding
from rituals.decisions.matrix import Edge
from rituals.decisions.summing import Figures
from rituals.decisions.turnaround import Chance, Quantile, Turnaround, Week
from rituals.decisions.usecases.summary import Lists, Period
from tests.bot.features import decision_views
from tests.bot.features.decision_views import DECIDED, HOSTILE, PRICE, Shown

ENDS = datetime(2026, 11, 27, 15, tzinfo=UTC)
SEEN = decision_views.seen_at(ENDS)
NOTHING = Quantile()
USUAL = Turnaround(
    31,
    7,
    2,
    Quantile(4, 3, 6.2),
    Quantile(11.5, 8, None),
    (Chance(1, 0.18, 0.08, 0.36), Chance(3, 0.41, 0.27, 0.6), Chance(7, None, None, None)),
    2.4,
    2,
)
SALES, NOBODY = "sales", None
EDGES = (
    Edge("engineering", SALES, 3, 9, 6.0, 14.2),
    Edge(SALES, "engineering", 2, 8, None, 21.0),
    Edge(NOBODY, SALES, 0, 1, 0.2, None),
)
FINDINGS = (
    Finding("slower", 4, 2.5),
    Finding("stuck", 0.3, 11.5, 2),
    Finding("slowest edge", None, 4, 2, EDGES[1]),
)
WEEKS = tuple(
    Week(
        (ENDS - timedelta(weeks=back)).timestamp(),
        2 + back % 3,
        back % 4,
        Quantile(3.0 + back % 5) if back < 9 else NOTHING,
    )
    for back in reversed(range(12))
)
FIGURES = Figures(USUAL, FINDINGS, EDGES, EDGES[:2], WEEKS)
OPEN = (PRICE, HOSTILE, *(replace(PRICE, number=nth) for nth in range(20, 26)))
LISTS = Lists(OPEN, 3, (DECIDED, replace(DECIDED, number=15, outcome=HOSTILE.question)), 1, 24)
FEW = Turnaround(2, 1, 0, NOTHING, NOTHING, (), None, 0)


def everything() -> dict[str, Shown]:
    usual = Summed(Period(), FIGURES, LISTS)
    waiting = replace(USUAL, median=Quantile(None, 4, None), p85=NOTHING, open=25, n=31, closed_only_median=1.2)
    flattered = (Finding("flattered", None, 1.2), Finding("faster", 0.3, 2))
    unknown = Summed(
        Period(None, SALES), replace(FIGURES, turnaround=waiting, findings=flattered), LISTS, here_only=True
    )
    vague = (
        Finding("slower", None, 2.5),
        Finding("faster", 2.5, None),
        Finding("slowest edge", 6.0, None, 3, EDGES[0]),
    )
    endless = Summed(Period(), replace(FIGURES, turnaround=waiting, findings=vague), LISTS)
    nothing = Summed(Period(4), Figures(replace(FEW, n=0, open=0), (), (), (), ()), Lists((), 0, (), 0, 0))
    few = Summed(Period(), Figures(FEW, (), (), (), ()), Lists((PRICE,), 0, (DECIDED,), 0, 1))
    shown = {
        **_numbered("summary", summary.messages(usual, SEEN)),
        **_numbered("summary_not_reached", summary.messages(unknown, SEEN)[:2]),
        "summary_endless": summary.messages(endless, SEEN)[0],
        "summary_few": summary.messages(few, SEEN)[0],
        "summary_nothing": summary.messages(nothing, SEEN)[0],
        **_numbered("stats", summary.one_message(usual, SEEN)),
        "counted": ("How is this counted?", [summary.counted(SEEN, 9)]),
    }
    return {f"decision_{name}": view for name, view in shown.items()}


def _numbered(name: str, messages: list[tuple[str, list[dict[str, Any]]]]) -> dict[str, Shown]:
    return {f"{name}_{nth}": message for nth, message in enumerate(messages, 1)}

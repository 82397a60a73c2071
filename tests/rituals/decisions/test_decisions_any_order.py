"""Whatever people do to decisions, in whatever order: there is one outcome, none is lost, and nobody looks in."""

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rituals.decisions.group import AROHA, GUEST, KAVYA, MARTA, OTTO, RUI, Group, furnish, new_team
from tests.rituals.decisions.model import HERS, Model, Step

if TYPE_CHECKING:
    from bot.database import Database

# Rui and Marta are in the private channel at first; everybody but Otto is in the public one.
USERS = (MARTA, RUI, KAVYA, AROHA, GUEST, OTTO)
# What needs several things to come together is done more often.
ACTS = (
    "ask",
    "ask to supersede",
    "decide",
    "decide",
    "decide",
    "withdraw",
    "undo",
    "undo",
    "undo",
    "reopen",
    "reopen",
    "hold",
    "hand over",
    "change due",
    "need",
    "give",
    "escalate",
    "snooze",
    "think",
    "link",
    "join",
    "leave",
    "remind",
    "remind",
)
SPANS = (0, 0, 0, 1, 6, 11, 300, 1500, 5000, -5)
WHO, OTHER = st.sampled_from((*USERS, *[HERS] * len(USERS))), st.sampled_from(USERS)
STEPS = st.lists(
    st.builds(Step, st.sampled_from(ACTS), WHO, OTHER, st.integers(0, 5), st.sampled_from(SPANS)),
    min_size=12,
    max_size=25,
)


@settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_there_is_one_outcome_and_none_is_lost(shared: "Database", steps: list[Step]) -> None:
    team = new_team()
    shared.write_now(furnish, team)
    model = Model(Group(shared, team))
    # A server's answers take longer, and what it does differently shows sooner.
    for step in steps if shared.is_sqlite else steps[:12]:
        model.does(step)

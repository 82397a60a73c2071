"""All that happens in a stand-up, from its plan to its digest: each gets a transaction, a workspace and values."""

from rituals.standup.usecases.answering import (
    change_source,
    just_a_comment,
    submit,
    take_dm,
    take_thread_reply,
    withdraw_source,
)
from rituals.standup.usecases.closing import close_round, concerns, digest
from rituals.standup.usecases.preferences import another_time, make_optional, preference
from rituals.standup.usecases.prompting import take_prompts, take_reminders
from rituals.standup.usecases.reading import (
    board,
    export_rows,
    form_of,
    history,
    last_round,
    my_state,
    not_over,
    takes_place,
    viewable,
)
from rituals.standup.usecases.rounds import (
    begin_lead,
    clock_of,
    get_round,
    open_rounds,
    open_thread,
    plan_round,
    record_skipped,
    replan_person,
    replan_round,
    skip_next,
    start_now,
)
from rituals.standup.usecases.silence import SILENT_ROUNDS

__all__ = [
    "SILENT_ROUNDS",
    "another_time",
    "begin_lead",
    "board",
    "change_source",
    "clock_of",
    "close_round",
    "concerns",
    "digest",
    "export_rows",
    "form_of",
    "get_round",
    "history",
    "just_a_comment",
    "last_round",
    "make_optional",
    "my_state",
    "not_over",
    "open_rounds",
    "open_thread",
    "plan_round",
    "preference",
    "record_skipped",
    "replan_person",
    "replan_round",
    "skip_next",
    "start_now",
    "submit",
    "take_dm",
    "take_prompts",
    "take_reminders",
    "take_thread_reply",
    "takes_place",
    "viewable",
    "withdraw_source",
]

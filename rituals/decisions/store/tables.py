"""The tables of decisions. Every one is told apart by its workspace first."""

from sqlalchemy import JSON, BigInteger, Column, Date, Index, Integer, Table, Text

from rituals import held
from rituals.tables import Utc, metadata

# One row a workspace: the last number that was given. Whoever asks for a decision takes the next.
numbers = Table(
    "decision_numbers",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("asker", Text, nullable=False),
    Column("decider", Text, nullable=False),
    Column("driver", Text, nullable=False),
    Column("asked", Text),
    Column("waiting", Text),
    Column("due_at", Utc, nullable=False),
    Column("due_since", Utc),
    Column("tags", JSON, nullable=False),
    Column("links", JSON, nullable=False),
    Column("channel", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("escalate_to", Text),
    Column("escalated_at", Utc),
    Column("outcome", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("closed_by", Text),
    Column("closed_at", Utc),
    Column("revisit_on", Date),
    Column("needs", Text, nullable=False),
    Column("supersedes", Integer),
    Column("superseded_by", Integer),
    Column("snoozed_until", Utc),
    Column("reminded", Integer, nullable=False),
    Column("reopened", Integer, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("changes", Integer, nullable=False),
    # All its words in one, with case levelled, to be looked through.
    Column("words", Text, nullable=False),
    Index("ix_decisions_state", "workspace", "state", "due_at"),
    Index("ix_decisions_decider", "workspace", "decider", "state"),
    Index("ix_decisions_channel", "workspace", "channel", "state"),
)

# Those who are to be consulted or informed: whoever is asked for what waits for her is found by her name.
people = Table(
    "decision_people",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    # In the order in which they were named.
    Column("nth", Integer, nullable=False),
    Index("ix_decision_people_user", "workspace", "user", "role"),
)

inputs = Table(
    "decision_inputs",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("option", Text),
    Column("text", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

events = Table(
    "decision_events",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

# The blockers that wait for a decision: whoever reported one hears its outcome.
blockers = Table(
    "decision_blockers",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("blocker", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Index("ix_decision_blockers_number", "workspace", "number"),
)

# Every wait for an answer; a decision that was reopened has several. Narrow, since the summary reads all of them.
waits = Table(
    "decision_waits",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("channel", Text, nullable=False),
    # Whole seconds since 1970: a summary counts with them, and reads no calendar.
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("ended", Text),
    # Working minutes, once it has ended.
    Column("worked", Integer),
    Column("waiting", Text),
    Column("asked", Text),
    Column("decider", Text, nullable=False),
    Index("ix_decision_waits_ended", "workspace", "ended", "channel", "worked", "since"),
)
_LASTING = waits.c.until.is_(None)
Index(
    "ix_decision_waits_lasting",
    waits.c.workspace,
    waits.c.channel,
    waits.c.since,
    waits.c.decider,
    sqlite_where=_LASTING,
    postgresql_where=_LASTING,
)

files = held.table("decision_files")

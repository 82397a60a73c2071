"""The stand-up's tables."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from rituals.tables import Utc, metadata

rounds = Table(
    "standup_rounds",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("standup", Text, nullable=False),
    Column("wall", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("begins_at", Utc, nullable=False),
    Column("thread_at", Utc, nullable=False),
    Column("closes_at", Utc, nullable=False),
    Column("opened_at", Utc),
    Column("closed_at", Utc),
    Column("skipped_by", Text),
    # How often the round itself was changed.
    Column("revision", Integer, nullable=False),
    Index("ix_standup_rounds_state", "workspace", "state"),
    Index("ix_standup_rounds_standup", "workspace", "standup", "thread_at"),
)

participants = Table(
    "standup_participants",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("round", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("prompt_at", Utc, nullable=False),
    Column("closes_at", Utc, nullable=False),
    Column("asked_at", Utc),
    Column("away", Text),
    Column("optional", Boolean, nullable=False),
    Column("function", Text),
    Column("zone", Text, nullable=False),
    Column("remind_at", Utc),
    Column("reminders_sent", Integer, nullable=False),
    Column("comment_only", Boolean, nullable=False),
    Column("first_ever", Boolean, nullable=False),
    Index("ix_standup_participants_prompt", "workspace", "round", "state", "prompt_at"),
    Index("ix_standup_participants_user", "workspace", "user", "state"),
)

answers = Table(
    "standup_answers",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("round", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("said", Text, nullable=False),
    Column("via", Text, nullable=False),
    Column("sent_at", Utc, nullable=False),
    Column("edited_at", Utc),
    Column("late", Boolean, nullable=False),
    Column("early", Boolean, nullable=False),
    Column("source_channel", Text),
    Column("source_ts", Text),
    Index("ix_standup_answers_source", "workspace", "source_channel", "source_ts"),
    Index("ix_standup_answers_user", "workspace", "user", "sent_at"),
)

preferences = Table(
    "standup_preferences",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("standup", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("optional", Boolean),
    Column("at", Text),
    Column("silent_asked_at", Utc),
    Column("changed_at", Utc, nullable=False),
)

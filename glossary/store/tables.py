"""The glossary's tables: what terms say and said, what waits for a steward, who looked for what, hints."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, Table, Text

from rituals import held
from rituals.tables import Utc, metadata

# One row a workspace: counts every change, so that other processes see with one small query that there was one.
glossaries = Table(
    "glossaries",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
)

terms = Table(
    "glossary_terms",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    # The name with case, punctuation and plural levelled: no two terms share one.
    Column("key", Text, nullable=False),
    # The wording as JSON in text: it is kept in memory as it is, and read only when somebody asks for it.
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    # Who brought it into this state.
    Column("state_by", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("confirmed_at", Utc, nullable=False),
    Column("asked_at", Utc),
    Column("reason", Text, nullable=False),
    # The glossary's version at this term's last change.
    Column("version", BigInteger, nullable=False),
    Index("ix_glossary_terms_version", "workspace", "version"),
    Index("ix_glossary_terms_confirmed_at", "workspace", "state", "confirmed_at"),
    Index("uq_glossary_terms_key", "workspace", "key", unique=True),
)

revisions = Table(
    "glossary_revisions",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("term", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

suggestions = Table(
    "glossary_suggestions",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("term", Text, nullable=False),
    Column("base", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled_by", Text),
    Index("ix_glossary_suggestions_term", "workspace", "term", "state"),
)

lookups = Table(
    "glossary_lookups",
    metadata,
    Column("workspace", Text, primary_key=True),
    # In this order, so that the key alone finds who looked a term up.
    Column("term", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    # The Monday of the week.
    Column("week", Date, primary_key=True),
    Column("n", Integer, nullable=False),
)

misses = Table(
    "glossary_misses",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("week", Date, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    # Asked where everybody could have heard it: what is looked for in a private channel may be a code name.
    Column("public", Boolean, primary_key=True),
    # As it was written.
    Column("text", Text, nullable=False),
    Column("n", Integer, nullable=False),
)

# Words that a steward has said are no terms.
ignored = Table(
    "glossary_ignored",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

hinted_channels = Table(
    "glossary_hinted_channels",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

# One hint per term, channel and week, and the message that carries it.
hints = Table(
    "glossary_hints",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("term", Text, primary_key=True),
    Column("week", Date, primary_key=True),
    Column("ts", Text, nullable=False),
    Index("ix_glossary_hints_ts", "workspace", "channel", "ts"),
)

held_files = held.table("glossary_files")

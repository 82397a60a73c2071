"""What is known of people: as Slack tells it (members, channels), as the configuration says it (functions, countries),
and as they said themselves (absences, pauses)."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from rituals.tables import Utc, metadata


def _workspace() -> Column[str]:
    return Column("workspace", String, primary_key=True)


members = Table(
    "members",
    metadata,
    _workspace(),
    Column("user", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("handle", String, nullable=False),
    Column("email", String, nullable=False),
    Column("zone", String, nullable=False),
    Column("guest", Boolean, nullable=False),
    Column("deactivated", Boolean, nullable=False),
    Column("stranger", Boolean, nullable=False),
    Column("bot", Boolean, nullable=False),
    Column("status_emoji", String, nullable=False),
    Column("status_until", Utc),
    Column("refreshed_at", Utc, nullable=False),
    Index(None, "workspace", "handle"),
    Index(None, "workspace", "email"),
)

functions = Table(
    "functions",
    metadata,
    _workspace(),
    Column("key", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("side", String, nullable=False),
    Column("lead", String),
    Column("country", String),
    Column("position", Integer, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    _workspace(),
    Column("function", String, primary_key=True),
    Column("user", String, primary_key=True),
    Index(None, "workspace", "user"),
)

member_countries = Table(
    "member_countries",
    metadata,
    _workspace(),
    Column("user", String, primary_key=True),
    Column("country", String, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    _workspace(),
    Column("channel", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("external", Boolean, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("bot_in", Boolean, nullable=False),
)

channel_members = Table(
    "channel_members",
    metadata,
    _workspace(),
    Column("channel", String, primary_key=True),
    Column("user", String, primary_key=True),
    Index(None, "workspace", "user"),
)

# An absence of one person never overlaps or adjoins another of hers, so its first day names it.
absences = Table(
    "absences",
    metadata,
    _workspace(),
    Column("user", String, primary_key=True),
    Column("first", Date, primary_key=True),
    Column("last", Date, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    _workspace(),
    Column("user", String, primary_key=True),
    Column("since", Utc, nullable=False),
)

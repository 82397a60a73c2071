"""Run by alembic: migrates on the connection it is given, and knows only our tables, not those of the job engine."""

from typing import Any

from alembic import context

import bot.registering
import bot.sweep
import bot.workspaces  # noqa: F401  a table is known once the room that owns it is imported
from rituals.tables import Utc, metadata


def ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    return kind != "table" or name in metadata.tables


def plain(kind: str, item: Any, _context: Any) -> Any:
    """A migration outlives our classes: it names SQLAlchemy's own types."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=ours,
    render_item=plain,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

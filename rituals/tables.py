"""What every table shares: one metadata, a UTC column, an insert that minds conflicts, lists of any length in a
condition, the name of a connection."""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, DateTime, MetaData, Table, any_, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator

Tx = Connection

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware moment. SQLite gives `DateTime(timezone=True)` back naive; on the way out the zone is attached again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A naive moment was about to be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def inserting(tx: Tx, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can say what to do ON CONFLICT, for the database at hand."""
    return postgresql.insert(table) if tx.dialect.name == "postgresql" else sqlite.insert(table)


def among(tx: Tx, column: ColumnElement[Any], wanted: Collection[str] | Collection[int]) -> ColumnElement[bool]:
    """The column holds one of these, however many. The whole list is one parameter: with one for each value a large
    company's channels are too many, and the statement would be built anew each time."""
    if tx.dialect.name == "postgresql":
        return column == any_(literal(list(wanted), postgresql.ARRAY(column.type)))
    listed = func.json_each(json.dumps(list(wanted))).table_valued("value")
    return column.in_(select(listed.c.value))

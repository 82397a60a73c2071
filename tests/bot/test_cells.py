"""Cells that no spreadsheet runs, and the texts they were made of."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cells import defused, restored

CELLS = (
    ("plain", "plain"),
    ("", ""),
    (None, ""),
    (4, 4),
    (True, "yes"),
    (False, "no"),
    ("=1+1", "'=1+1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("+49 30", "'+49 30"),
    ("-2", "'-2"),
    ("  =HYPERLINK(1)", "'  =HYPERLINK(1)"),
    ("\t=1", "'\t=1"),
    ("\uff1d1", "'\uff1d1"),
    ("a=1", "a=1"),
    ("'=1", "''=1"),
    ("'tis", "'tis"),
    (datetime(2026, 11, 23, 9, tzinfo=UTC), "2026-11-23T09:00:00+00:00"),
)


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_no_cell_is_taken_for_a_formula(value: str | int | datetime | None, cell: str | int) -> None:
    assert defused(value) == cell


def test_the_table_reads_back_as_it_was_written() -> None:
    table = io.StringIO()
    csv.writer(table).writerow([defused(value) for value in ("a,b", 'say "hi"', "two\nlines")])
    assert next(csv.reader(io.StringIO(table.getvalue()))) == ["a,b", 'say "hi"', "two\nlines"]


@given(st.text() | st.text("'= -@a"))
def test_a_cell_gives_its_text_back(text: str) -> None:
    cell = defused(text)
    assert isinstance(cell, str)
    assert restored(cell) == text


@pytest.mark.parametrize("typed", ["@dana", "=1", "plain", "", "'", "'a"])
def test_a_cell_that_was_typed_stays_as_it_is(typed: str) -> None:
    assert restored(typed) == typed

"""What is in a file that somebody sent: whether it is one of decisions at all, and never an exception."""

from collections.abc import Iterator

from bot import tabular
from bot.features.decisions.files import table
from rituals.decisions.exchange import Problem, Read, Row

LARGEST, MOST_PROBLEMS = 2_000_000, 1_000
BEGINNING = 100_000
IDENTIFYING = ("question", "decider")


def may_be_ours(filename: str) -> bool:
    """By the end of its name, since nobody has looked into it yet."""
    return filename.rpartition(".")[2].strip().casefold() in tabular.ENDINGS


def is_ours(content: bytes) -> bool:
    """Whether its first row names a question and who decides it."""
    beginning = content[:BEGINNING].decode("utf-8-sig", "ignore")
    return tabular.names(beginning, table.COLUMNS, *IDENTIFYING)


def read(content: bytes) -> Read:
    """Every decision in a table, and everything in it that cannot be read. Never raises."""
    if len(content) > LARGEST:
        return _nothing(
            1, f"The file is larger than {LARGEST // 1_000_000} MB. Split it, and import one part at a time."
        )
    if content.startswith(tabular.WORKBOOK):
        return _nothing(1, "This is a workbook. Save it as “CSV UTF-8”, and import that.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = tabular.row_after(error.object[: error.start].decode("utf-8-sig"), table.COLUMNS)
        return _nothing(at, "This is no UTF-8 text. Save the file again as “CSV UTF-8”.")
    if not text.strip():
        return _nothing(1, "The file is empty. Export decisions to see what one looks like.")
    return _gathered(table.rows(text))


def _gathered(found: Iterator[Row | Problem]) -> Read:
    rows: list[Row] = []
    problems: list[Problem] = []
    for each in found:
        if isinstance(each, Row):
            rows.append(each)
        else:
            problems.append(each)
        if len(problems) == MOST_PROBLEMS:
            problems.append(Problem(each.at, "So much is wrong that the rest was not read. Mend this first."))
            break
    return Read(tuple(rows), tuple(problems))


def _nothing(at: int, what: str) -> Read:
    return Read(problems=(Problem(at, what),))

"""A glossary and decisions as files on the command line: out, and in, first to be looked through and then for good."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.complaints import Trouble
from bot.config import Environment
from bot.exporting import keep, opened, person_of, workspace_of
from bot.features.decisions import files
from bot.features.decisions.telling import tell_of_file
from bot.features.glossary.files import Format, format_of, read, write
from bot.settings import Resolved, Settings
from glossary.exchange import Plan, Problem, Read, taken_away
from glossary.usecases import exchanging
from rituals.decisions import exchange as decided
from rituals.decisions.usecases import exporting, importing
from rituals.decisions.usecases.exporting import Book
from rituals.tables import Tx

LISTED = 12


def export_glossary(environment: Environment, format: Format, out: Path | None, workspace: str | None) -> None:
    """Writes every term to `out`, whole, or to standard output. Raises Trouble, CannotOpen, NotMigrated."""
    with opened(environment) as database:
        text = database.read_now(_written, Settings(database), format, workspace)
    if out is None:
        sys.stdout.write(text)
        return
    _keep(text, out)


def import_glossary(
    environment: Environment, file: Path, author: str | None, workspace: str | None, *, apply: bool
) -> tuple[bool, str]:
    """Whether the file is sound, and what to print: what it would do, or with `apply` has done; or what is wrong.

    Raises Trouble, CannotOpen, NotMigrated, and OSError for a file that cannot be read.
    """
    content = file.read_bytes()
    kind = format_of(file.name, content)
    if kind is None:
        raise Trouble(f"{file} is no glossary: name it .yaml, .csv or .md.", 2)
    found = read(kind, content)
    with opened(environment) as database:
        act = database.write_now if apply else database.read_now
        plan: Plan = act(_done, Settings(database), found, author, workspace, apply)
    problems = sorted([*found.problems, *plan.problems], key=lambda problem: problem.at)
    if not (found.rows or problems):
        problems = [Problem(1, "There is no term in this file. Export a glossary to see what one looks like.")]
    if problems:
        return False, _to_mend(file, [(each.at, each.what) for each in problems])
    return True, _told(plan, apply)


def export_decisions(
    environment: Environment,
    format: str,
    out: Path | None,
    viewer: str | None,
    workspace: str | None,
    *,
    private: bool,
) -> None:
    """Writes decisions: as a table ("csv") or one page ("md"), to `out` or standard output; or as a record each
    ("madr"), into the folder `out`.

    Raises Trouble, CannotOpen, NotMigrated.
    """
    with opened(environment) as database:
        book, zone = database.read_now(_book, Settings(database), viewer, workspace, private)
    if format == "madr":
        assert out is not None, "records go into a folder"
        _keep_records(book, zone, out)
        return
    text = files.as_csv(book) if format == "csv" else files.one_file(book, zone)
    if out is None:
        sys.stdout.write(text)
    else:
        _keep(text, out)


def import_decisions(
    environment: Environment, file: Path, author: str | None, workspace: str | None, *, apply: bool
) -> tuple[bool, str]:
    """Whether the file is sound, and what to print: what it would add, or with `apply` has added; or what is wrong.

    Raises Trouble, CannotOpen, NotMigrated, and OSError for a file that cannot be read.
    """
    content = file.read_bytes()
    if not files.may_be_ours(file.name):
        raise Trouble(f"{file} is no table of decisions: name it .csv.", 2)
    found = files.read(content)
    with opened(environment) as database:
        act = database.write_now if apply else database.read_now
        plan: decided.Plan = act(_brought_in, Settings(database), found, file.name, author, workspace, apply)
    problems = sorted([*found.problems, *plan.problems], key=lambda problem: problem.at)
    if not (found.rows or problems):
        problems = [
            decided.Problem(1, "There is no decision in this file. Export decisions to see what one looks like.")
        ]
    if problems:
        return False, _to_mend(file, [(each.at, each.what) for each in problems])
    return True, _told_of_decisions(plan, apply)


def _written(tx: Tx, settings: Settings, format: Format, workspace: str | None) -> str:
    team = workspace_of(tx, workspace)
    return write(format, exchanging.sent_out(tx, team, settings.read_anew(tx, team).glossary))


def _done(tx: Tx, settings: Settings, found: Read, author: str | None, workspace: str | None, apply: bool) -> Plan:
    from bot.clock import Clock

    team = workspace_of(tx, workspace)
    resolved = settings.read_anew(tx, team)
    if not apply or found.problems:
        return exchanging.planned(tx, team, found.rows, resolved.glossary)
    user = person_of(tx, team, author) if author else _somebody(resolved)
    return exchanging.bring_in(tx, team, found.rows, user, resolved.glossary, Clock().now())


def _somebody(resolved: Resolved) -> str:
    """Whose change it is, where nobody said."""
    for user in (*resolved.glossary.stewards, *sorted(resolved.admins)):
        return user
    raise Trouble("The configuration names no steward and no admin: say whose change this is with --as.", 2)


def _book(tx: Tx, settings: Settings, viewer: str | None, workspace: str | None, private: bool) -> tuple[Book, str]:
    """The decisions, and on whose clock they are told."""
    team = workspace_of(tx, workspace)
    zone = settings.read_anew(tx, team).calendar.zone
    if viewer is None:
        return exporting.everything(tx, team, private), zone
    return exporting.hers(tx, team, person_of(tx, team, viewer)), zone


def _brought_in(
    tx: Tx,
    settings: Settings,
    found: decided.Read,
    file: str,
    author: str | None,
    workspace: str | None,
    apply: bool,
) -> decided.Plan:
    from bot.clock import Clock

    team, now = workspace_of(tx, workspace), Clock().now()
    resolved = settings.read_anew(tx, team)
    user = person_of(tx, team, author) if author else ""
    if not apply or found.problems:
        return importing.planned(tx, team, found.rows, resolved.calendar, now, user, outsiders=resolved.outsiders)
    user = user or _admin(resolved)
    done = importing.bring_in(tx, team, found.rows, file, user, resolved.calendar, now, resolved.outsiders)
    # The bot says so when it runs: cards of what is open, and of what has been replaced.
    for changed in (*done.changed, *done.replaced):
        tell_of_file(tx, team, changed, resolved, now)
    return done.plan


def _admin(resolved: Resolved) -> str:
    """Who imports, where nobody said."""
    for user in sorted(resolved.admins):
        return user
    raise Trouble("The configuration names no admin: say who imports with --as.", 2)


def _keep_records(book: Book, zone: str, folder: Path) -> None:
    """A file each, whole or not at all. What else is in the folder stays."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"{folder} can't be made: {error.strerror}. Choose another folder with --madr.") from error
    for sheet in book.sheets:
        _keep(files.as_madr(sheet, book, zone), folder / files.file_name(sheet.decision))
    print(f"{folder}: {len(book.sheets)} {'record' if len(book.sheets) == 1 else 'records'}.")


def _keep(text: str, out: Path) -> None:
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        file.write(text)
        file.seek(0)
        keep(file, out)


def _to_mend(file: Path, problems: Sequence[tuple[int, str]]) -> str:
    lines = [f"{file.name}, row {at}: {what}" for at, what in problems]
    return "\n".join([*lines, f"{len(problems)} to mend. Nothing was imported."])


def _told_of_decisions(plan: decided.Plan, apply: bool) -> str:
    done = "Imported" if apply else "It would add"
    lines = [f"{done}: {len(plan.new)} new, {plan.open} of them open, {plan.here} here already."]
    if plan.new:
        lines.append(_names("New", [decided.cut(each.decision.question) for each in plan.new]))
    if plan.new and not apply:
        lines.append("Nothing has been changed yet. Say --apply to import it.")
    return "\n".join(lines)


def _told(plan: Plan, apply: bool) -> str:
    new = [row.wording.name for row in plan.new]
    changed = [_losing(term.name, taken_away(row, term)) for row, term in plan.changed]
    done = "Imported" if apply else "It would bring"
    lines = [f"{done}: {len(new)} new, {len(changed)} changed, {plan.same} as they are."]
    lines += [_names(label, names) for label, names in (("New", new), ("Changed", changed)) if names]
    if not apply and (new or changed):
        lines.append("Nothing has been changed yet. Say --apply to import it.")
    return "\n".join(lines)


def _losing(name: str, gone: tuple[str, ...]) -> str:
    return f"{name} (loses: {', '.join(gone)})" if gone else name


def _names(label: str, names: list[str]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"{label}: {', '.join(names[:LISTED])}{more}"

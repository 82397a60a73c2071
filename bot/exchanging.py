"""A glossary as a file on the command line: out, and in, first to be looked through and then for good."""

import sys
import tempfile
from pathlib import Path

from bot.complaints import Trouble
from bot.config import Environment
from bot.exporting import keep, opened, person_of, workspace_of
from bot.features.glossary.files import Format, format_of, read, write
from bot.settings import Resolved, Settings
from glossary.exchange import Plan, Problem, Read, taken_away
from glossary.usecases import exchanging
from rituals.tables import Tx

LISTED = 12


def export_glossary(environment: Environment, format: Format, out: Path | None, workspace: str | None) -> None:
    """Writes every term to `out`, whole, or to standard output. Raises Trouble, CannotOpen, NotMigrated."""
    with opened(environment) as database:
        text = database.read_now(_written, Settings(database), format, workspace)
    if out is None:
        sys.stdout.write(text)
        return
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        file.write(text)
        file.seek(0)
        keep(file, out)


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
        lines = [f"{file.name}, row {each.at}: {each.what}" for each in problems]
        return False, "\n".join([*lines, f"{len(problems)} to mend. Nothing was imported."])
    return True, _told(plan, apply)


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

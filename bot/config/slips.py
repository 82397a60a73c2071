"""Slips in YAML: what its parser stumbled over, in a sentence that says what to type instead."""

import re

import yaml

from bot.config.problems import Problem, shown

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
QUOTES = 'Text that begins with @, %, ` or *, or has “: ” in it, needs quotes around it, as in “"@rui"”.'
BACKSLASH = (
    "A backslash between double quotes has a meaning of its own.",
    "Use single quotes, or write two backslashes.",
)


def slip(error: yaml.YAMLError, text: str, file: str, model: str) -> Problem:
    """PyYAML and libyaml word the same slip differently: what is said follows from where it is and what is there.

    `model` is what the file is best compared with.
    """
    lines = LINE_END.split(text)
    line, column = _place(getattr(error, "problem_mark", None), lines)
    opened, _ = _place(getattr(error, "context_mark", None), lines)
    said = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    here = lines[line - 1]
    tab = next((number for number in (line - 1, line) if number and re.match(r" *\t", lines[number - 1])), None)
    if tab is not None:
        return Problem(file, tab, "", "The line begins with a tab.", "Use spaces: two for each step to the right.")
    if "cannot start any token" in said:
        return Problem(file, line, "", f"{shown(here[column:].split(' #')[0])} can't be read.", QUOTES)
    if "mapping values are not allowed" in said:
        before = lines[line - 2].strip() if line > 1 else ""
        if before and not before.startswith(("#", "-")) and ":" not in before:
            return Problem(file, line - 1, "", f"There is no colon after {shown(before)}.", "Write “key: value”.")
        message = f"A colon is out of place in {shown(here)}, or the line is indented too far."
        return Problem(file, line, "", message, QUOTES)
    if "escape" in said:
        return Problem(file, line, "", *BACKSLASH)
    if "quoted scalar" in context:
        return Problem(file, opened, "", "The quotes that open here are never closed.", "Close them on the same line.")
    if "flow" in context:
        message = "The bracket that opens here is not closed as it should be."
        return Problem(file, opened, "", message, "Write [a, b] or {key: value}.")
    if "simple key" in context:
        return Problem(file, opened, "", f"There is no colon after {shown(lines[opened - 1])}.", "Write “key: value”.")
    if "block" in context:
        message = f"{shown(here)} does not line up with the lines above it."
        return Problem(file, line, "", message, "Give it as many spaces as its neighbours have.")
    return Problem(file, line, "", f"This is no YAML: {said}.", f"Compare with {model}.")


def _place(mark: yaml.Mark | None, lines: list[str]) -> tuple[int, int]:
    """Line from 1 and column from 0; an error at the end of the file belongs to the last line that says something."""
    if mark is None:
        return 1, 0
    said = [number for number, line in enumerate(lines, start=1) if line.strip() and number <= mark.line + 1]
    last = said[-1] if said else 1
    return (last, mark.column) if last == mark.line + 1 else (last, 0)

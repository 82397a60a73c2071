"""Files to configurations: one file for one workspace, or a folder with a <team_id>.yaml for each.

bytes -> text -> written values -> models and checks -> Configuration, or every problem at once
"""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.config import fields, written
from bot.config.checks import check
from bot.config.models import Configuration
from bot.config.problems import ConfigProblem, Problem, shown
from bot.config.sentences import place_of, sentence, telling
from bot.config.written import Written, readable

START = "Copy the config.yaml that comes with Crosswalk and change it."
NAMED = "as in T012AB3CD.yaml"
ELSEWHERE = f"{START} CONFIG names another place."


def read_path(path: Path) -> Mapping[str | None, Configuration]:
    """Configurations by workspace id; None is a file that names none, for the one workspace the token belongs to.

    Raises ConfigProblem with everything that is wrong in any of the files.
    """
    return _read_folder(path) if path.is_dir() else _by_workspace(read_file(path))


def read_file(path: Path) -> Configuration:
    """Raises ConfigProblem with everything that is wrong."""
    try:
        return read_bytes(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise ConfigProblem.one(str(path), None, "", "There is no such file.", ELSEWHERE) from None
    except OSError as error:
        message = f"It can't be read: {error.strerror or error}."
        raise ConfigProblem.one(str(path), None, "", message, "Check its permissions.") from None


def read_bytes(content: bytes, file: str) -> Configuration:
    try:
        return read_text(content.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigProblem.one(file, line, "", "This is no UTF-8 text.", "Save the file again as UTF-8.") from None


def read_text(text: str, file: str = "config.yaml") -> Configuration:
    """Raises ConfigProblem with everything that is wrong, in the order of the lines."""
    found = written.read(text, file)
    if found.value is None:
        raise ConfigProblem.one(file, None, "", "The file is empty.", START)
    if not isinstance(found.value, dict):
        message = "The file should be names with values, such as “functions:” and “standups:”."
        raise ConfigProblem([*found.problems, Problem(file, found.line(()), "", message, START)])
    return _checked(found, file)


def from_body(body: str, source: str = "stored configuration") -> Configuration:
    """The way back from `Configuration.body()`. Raises ConfigProblem when this version knows less than wrote it."""
    try:
        return Configuration.model_validate_json(body)
    except ValidationError as error:
        problems = [Problem(source, None, readable(place_of(each)), *sentence(each)) for each in error.errors()]
        raise ConfigProblem(problems) from None


def for_workspace(read: Mapping[str | None, Configuration], workspace: str) -> Configuration | None:
    """The configuration that is meant for a workspace, if any is."""
    return read.get(workspace, read.get(None))


def _checked(found: Written, file: str) -> Configuration:
    problems = list(found.problems)
    configuration = None
    try:
        configuration = Configuration.model_validate(found.value)
    except ValidationError as error:
        problems += [_at(found, file, place_of(each), sentence(each)) for each in telling(error.errors())]
    problems += [_at(found, file, place, (message, instead)) for place, message, instead in check(found.value)]
    if problems or configuration is None:
        raise ConfigProblem(sorted(problems, key=lambda problem: problem.line or 0))
    return configuration


def _at(found: Written, file: str, place: written.Place, said: tuple[str, str]) -> Problem:
    return Problem(file, found.line(place), readable(place, found.value), *said)


def _by_workspace(configuration: Configuration) -> Mapping[str | None, Configuration]:
    return {configuration.workspace: configuration}


def _read_folder(folder: Path) -> Mapping[str | None, Configuration]:
    made: dict[str | None, Configuration] = {}
    problems: list[Problem] = []
    files = sorted(file for file in folder.iterdir() if file.suffix in (".yaml", ".yml") and file.name[0] != ".")
    if not files:
        message = "There is no .yaml file in this folder."
        raise ConfigProblem.one(str(folder), None, "", message, f"Add one for each workspace, {NAMED}.")
    for file in files:
        try:
            made[file.stem] = _of_workspace(file)
        except ConfigProblem as problem:
            problems += problem.problems
    if problems:
        raise ConfigProblem(problems)
    return made


def _of_workspace(file: Path) -> Configuration:
    if file.suffix != ".yaml" or not fields.WORKSPACE.fullmatch(file.stem):
        message = "The file's name is no workspace id."
        raise ConfigProblem.one(str(file), None, "", message, f"Name it after its workspace, {NAMED}.")
    configuration = read_file(file)
    if configuration.workspace not in (None, file.stem):
        message = f"The file's name says {shown(file.stem)}, this line says {shown(configuration.workspace)}."
        raise ConfigProblem.one(str(file), None, "workspace", message, "Delete the line, or rename the file.")
    return configuration.model_copy(update={"workspace": file.stem})

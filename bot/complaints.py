"""What can be foreseen to go wrong, in a sentence that says what to do. Everything else is a bug and shows itself."""

import errno
from typing import TYPE_CHECKING, cast

from bot.config import ConfigProblem

if TYPE_CHECKING:
    from bot.transport import TokenRefused

Told = tuple[int, str]
WRONG, TROUBLE = 2, 1


class Trouble(Exception):
    """Something that the program itself has found; its message is the sentence. `code` is the exit code."""

    def __init__(self, sentence: str, code: int = TROUBLE) -> None:
        super().__init__(sentence)
        self.code = code


def complaint(error: BaseException) -> Told | None:
    """The exit code and what to print; None for what nobody has foreseen. Looks into groups of errors."""
    if isinstance(error, BaseExceptionGroup):
        told = [complaint(each) for each in error.exceptions]
        return None if None in told else told[0]
    if isinstance(error, Trouble):
        return error.code, str(error)
    if isinstance(error, ConfigProblem):
        return WRONG, str(error)
    return _by_name(error) or _of_the_machine(error)


def _by_name(error: BaseException) -> Told | None:
    """Known by name, so that a complaint of one command does not load the engine of another."""
    match type(error).__name__:
        case "CannotOpen":
            return WRONG, str(error)
        case "TokenRefused":
            return WRONG, _refused(cast("TokenRefused", error))
        case "AlreadyRunning" | "NotMigrated" | "UsedByNewer":
            return TROUBLE, str(error)
        case "OperationalError" | "DatabaseError" | "InterfaceError":
            said = str(getattr(error, "orig", None) or error).strip().splitlines()
            reason = said[-1].rstrip(".") if said else type(error).__name__
            return TROUBLE, f"The database can't be used: {reason}. Check DATABASE_URL, and that the disk is not full."
    return None


def _of_the_machine(error: BaseException) -> Told | None:
    if isinstance(error, OSError) and error.filename:
        return TROUBLE, f"{error.filename} can't be used: {error.strerror}."
    if isinstance(error, OSError) and error.errno in _ADDRESS:
        return TROUBLE, f"The address to listen on can't be had ({error.strerror}): {_ADDRESS[error.errno]}"
    return None


def _refused(error: "TokenRefused") -> str:
    name, where = _TOKENS.get(error.method, _BOT_TOKEN)
    if error.error == "missing_scope":
        return (
            f"Slack says that {name} lacks a permission ({error.method}: missing_scope). Update the app's manifest "
            "(“python -m bot manifest” prints it), install the app again, and copy the token anew."
        )
    return f"Slack refuses {name} ({error.method}: {error.error}). Copy it again from api.slack.com/apps: {where}."


_BOT_TOKEN = ("SLACK_BOT_TOKEN", "your app, OAuth & Permissions, Bot User OAuth Token")
_TOKENS = {
    "apps.connections.open": (
        "SLACK_APP_TOKEN",
        "your app, Basic Information, App-Level Tokens, one with the scope connections:write",
    )
}
_ADDRESS = {
    errno.EADDRINUSE: "another program has the port. Stop it, or choose another with PORT or --port.",
    errno.EACCES: "this user may not use that port. Choose one above 1023 with PORT or --port.",
    errno.EADDRNOTAVAIL: "this machine has no such address. Check HOST or --host.",
}

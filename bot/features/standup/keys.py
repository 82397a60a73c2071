"""The names under which a round's messages are owed, so that each is sent once and can be found again."""


def board(round_id: str) -> str:
    return f"standup/board/{round_id}"


def prompt(round_id: str, user: str) -> str:
    return f"standup/prompt/{round_id}/{user}"


def answer(round_id: str, user: str) -> str:
    return f"standup/answer/{round_id}/{user}"


def remind(round_id: str, user: str, nth: int) -> str:
    return f"standup/remind{nth}/{round_id}/{user}"


def silent(round_id: str, user: str) -> str:
    return f"standup/silent/{round_id}/{user}"


def close(round_id: str) -> str:
    return f"standup/close/{round_id}"


def digest(round_id: str) -> str:
    return f"standup/digest/{round_id}"


def missing(round_id: str) -> str:
    return f"standup/missing/{round_id}"


def skipped(round_id: str) -> str:
    return f"standup/skipped/{round_id}"


def late(round_id: str, user: str) -> str:
    return f"standup/late/{round_id}/{user}"


def round_of(key: str | None) -> str | None:
    """The round a message belongs to, if it is a stand-up's."""
    parts = (key or "").split("/")
    return parts[2] if len(parts) >= 3 and parts[0] == "standup" else None

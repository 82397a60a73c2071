"""The guided tour of the demonstration: one thing to do at a time, where, and what shows that it was done."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo import people, takehome

Json = dict[str, Any]

SYNC = people.PLACES[0].id
SALES, ENGINEERING = "U0DANA", "U0RUI"
_DIRECT = "@bot"


def tour(began: str, begins: datetime, zone: str, link: str) -> Json:
    """`began` tells one demonstration's tour from another's; `begins` is its first moment, on a Monday."""
    monday = begins.astimezone(ZoneInfo(zone)).date()
    asked = datetime.combine(monday, time(9), ZoneInfo(zone)).timestamp()
    friday = datetime.combine(monday + timedelta(days=4), time(15), ZoneInfo(zone)).timestamp()
    steps = [*_stand_up(asked), *_words(), *_decision(), *_friday(friday), _END]
    return {"id": f"{people.TEAM} {began}", "steps": steps, "home": takehome.form(link)}


def _stand_up(asked: float) -> list[Json]:
    you = {"user": people.YOU, "place": _DIRECT}
    return [
        {
            **you,
            "title": "Monday, shortly before nine",
            "text": "You are Marta, a product manager. At nine Crosswalk asks everybody for the weekly stand-up, each "
            "on her own clock. Let it become nine.",
            "jump": asked,
            "jump_label": "Go to 09:00",
            "until": {"clock": asked},
        },
        {
            **you,
            "title": "Answer the stand-up",
            "text": "Crosswalk has written to you. Press *Answer* below its message, fill in a sentence or two, and "
            "send it. Or just write back.",
            "until": [{"act": "submit", "user": people.YOU}, {"act": "message", "user": people.YOU}],
        },
    ]


def _words() -> list[Json]:
    asks = {"place": SYNC, "write": "/define arr"}
    return [
        {
            **asks,
            "user": SALES,
            "title": "A word, for sales",
            "text": "Dana sells. She looks up *ARR*: only she sees the answer, and it begins with the business side.",
            "until": {"act": "command", "user": SALES, "text": "/define"},
        },
        {
            **asks,
            "user": ENGINEERING,
            "beside": True,
            "title": "The same word, for engineering",
            "text": "Look at what Dana reads, at the end of the channel. Then be Rui, who builds, here or in a window "
            "beside, and look up the same word: his answer begins with what it means in the systems.",
            "until": {"act": "command", "user": ENGINEERING, "text": "/define"},
        },
    ]


def _decision() -> list[Json]:
    return [
        {
            "user": people.YOU,
            "place": SYNC,
            "title": "Ask for a decision",
            "text": "Compare Rui's answer with Dana's. Then be Marta again and ask somebody to decide something: send "
            "the command, name who decides, and send the form.",
            "write": "/decision Do we show prices on the new page?",
            "until": {"act": "submit", "user": people.YOU},
        }
    ]


def _friday(friday: float) -> list[Json]:
    return [
        {
            "title": "Let the week pass",
            "text": "The others answer meanwhile; everything happens on the way. *Play* in the time bar "
            "does the same more slowly.",
            "jump": friday,
            "jump_label": "Jump to Friday 15:00",
            "until": {"clock": friday},
        },
        {
            "user": people.YOU,
            "place": SYNC,
            "title": "How long decisions take",
            "text": "Friday's summary of decisions is the newest message in the channel. *Half of our decisions are "
            "answered within…* counts those still open. Beside it stands what others report, without those still open: "
            "it flatters, since whatever waits longest is missing from it.",
        },
    ]


_END: Json = {
    "title": "Your own group",
    "text": "That was a week. A few lines about your group make a configuration to begin with, and Slack's form for "
    "the app comes filled in.",
    "home": True,
}

"""Who is in the demonstration: twelve colleagues in five functions, two guests of the channel, and where they talk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.slack.people import Group, Known
from rituals.people.store import ChannelRow, MemberRow

Json = dict[str, Any]

TEAM, TEAM_NAME = "T0ACME", "Acme"
APP, BOT, BOT_USER, BOT_NAME = "A0CROSSWALK", "B0CROSSWALK", "U0CROSSWALK", "Crosswalk"
# These open nothing but a sandbox on this machine; a bot follows the sandbox's clock because its token begins so.
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-sandbox-demo", "xapp-sandbox-demo", "sandbox-demo-secret"
YOU = "U0MARTA"
ELSEWHERE = "T0PARTNER"


@dataclass(frozen=True, slots=True)
class Person:
    """`more` goes into the sandbox's seed as it is: a guest, somebody of another company."""

    handle: str
    name: str
    zone: str
    title: str
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"U0{self.handle.upper()}"

    @property
    def email(self) -> str:
        return f"{self.handle}@{'partner' if 'team_id' in self.more else 'acme'}.example"

    @property
    def direct(self) -> str:
        """Her conversation with the bot."""
        return f"D0{self.handle.upper()}"


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    topic: str
    members: tuple[str, ...]
    private: bool = False
    external: bool = False
    bot_in: bool = True

    @property
    def inside(self) -> tuple[str, ...]:
        return (*self.members, BOT_USER) if self.bot_in else self.members


LISBON, NEW_YORK, KOLKATA, AUCKLAND = "Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"
COLLEAGUES = (
    Person("marta", "Marta Nunes", LISBON, "Product manager"),
    Person("rui", "Rui Castro", LISBON, "Engineering lead"),
    Person("priya", "Priya Raman", KOLKATA, "Backend engineer"),
    Person("tomas", "Tomas Keller", "Europe/Berlin", "Frontend engineer"),
    Person("kavya", "Kavya Iyer", KOLKATA, "Data lead"),
    Person("hemi", "Hemi Walker", AUCKLAND, "Data analyst"),
    Person("sofia", "Sofia Prata", LISBON, "Design lead"),
    Person("jonas", "Jonas Lind", NEW_YORK, "Product designer"),
    Person("dana", "Dana Brooks", NEW_YORK, "Sales lead"),
    Person("luis", "Luis Faria", LISBON, "Account executive"),
    Person("emma", "Emma Reyes", NEW_YORK, "Account executive"),
    Person("aroha", "Aroha Ngata", AUCKLAND, "Customer success manager"),
)
GUEST = Person("ivo", "Ivo Brandt", LISBON, "Auditor", {"is_restricted": True})
STRANGER = Person("noor", "Noor Haddad", LISBON, "Partner manager", {"team_id": ELSEWHERE})
EVERYBODY = (*COLLEAGUES, GUEST, STRANGER)
_ALL = tuple(person.id for person in COLLEAGUES)

PLACES = (
    Place(
        "C0PRODUCTSYNC",
        "product-sync",
        "Everybody who builds, sells and looks after the product. The weekly stand-up is here.",
        (*_ALL, GUEST.id, STRANGER.id),
        external=True,
    ),
    Place("C0GENERAL", "general", "Everybody at Acme", _ALL, bot_in=False),
    Place("C0SALES", "sales", "Deals and demos", ("U0DANA", "U0LUIS", "U0EMMA", YOU), bot_in=False),
    Place("C0ENGINEERING", "engineering", "How it is built", ("U0RUI", "U0PRIYA", "U0TOMAS", "U0KAVYA"), bot_in=False),
    Place(
        "C0RELEASEROOM",
        "release-room",
        "What goes out on Thursday",
        ("U0RUI", "U0PRIYA", "U0TOMAS", "U0KAVYA", "U0SOFIA", "U0DANA", YOU),
        private=True,
    ),
)
GROUPS = (Group("S0ENGINEERING", "engineering", ("U0RUI", "U0PRIYA", "U0TOMAS")),)


def seed(manifest: Mapping[str, Any]) -> Json:
    """The workspace as the sandbox wants it, without a past: its clock shows the real time."""
    return {
        "team": {"id": TEAM, "name": TEAM_NAME, "domain": "acme"},
        "apps": [
            {
                "app_id": APP,
                "name": BOT_NAME,
                "bot_user_id": BOT_USER,
                "bot_token": BOT_TOKEN,
                "app_token": APP_TOKEN,
                "signing_secret": SECRET,
                "manifest": dict(manifest),
            }
        ],
        "users": [_user(person) for person in EVERYBODY],
        "usergroups": [
            {"id": group.id, "handle": group.handle, "name": group.handle.capitalize(), "users": list(group.users)}
            for group in GROUPS
        ],
        "channels": [_channel(place) for place in PLACES] + [_direct(person) for person in COLLEAGUES],
    }


def known() -> Known:
    """The same people and channels as the bot's own directory keeps them."""
    members = [_member(person) for person in EVERYBODY]
    bot = MemberRow(BOT_USER, BOT_NAME, BOT_NAME.lower(), "", LISBON, bot=True)
    channels = [
        ChannelRow(place.id, place.name, place.private, place.external, bot_in=place.bot_in) for place in PLACES
    ]
    return Known((*members, bot), tuple(channels), {place.id: place.inside for place in PLACES if place.bot_in}, GROUPS)


def _user(person: Person) -> Json:
    facts = {"id": person.id, "name": person.handle, "real_name": person.name, "display_name": person.name}
    return {**facts, "tz": person.zone, "email": person.email, "title": person.title, **person.more}


def _channel(place: Place) -> Json:
    facts = {"id": place.id, "name": place.name, "topic": place.topic, "members": list(place.inside)}
    return {**facts, "is_private": place.private, "is_ext_shared": place.external}


def _direct(person: Person) -> Json:
    return {"id": person.direct, "is_im": True, "members": [BOT_USER, person.id]}


def _member(person: Person) -> MemberRow:
    return MemberRow(
        user=person.id,
        name=person.name,
        handle=person.handle,
        email=person.email,
        zone=person.zone,
        guest=bool(person.more.get("is_restricted")),
        stranger="team_id" in person.more,
    )

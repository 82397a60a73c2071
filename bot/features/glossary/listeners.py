"""Everything the glossary answers to: `register` is the table of contents."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.features.glossary import gaps as gap_notes
from bot.features.glossary import home, verbs
from bot.features.glossary import owners as owner_notes
from bot.features.glossary.browsing import Browsing
from bot.features.glossary.commands import Commands
from bot.features.glossary.counting import Counting
from bot.features.glossary.exchange import Exchange
from bot.features.glossary.gaps import Gaps
from bot.features.glossary.hints import Hints
from bot.features.glossary.looking import Looking
from bot.features.glossary.owners import Owners
from bot.features.glossary.shelves import Shelves
from bot.features.glossary.starting import Starting
from bot.features.glossary.views import WORDS
from bot.features.glossary.writing import Writing
from bot.registry import Calling, Menu, Registry
from glossary import terms
from glossary.usecases import asking


def register(app: Registry, desk: Desk, client: AsyncWebClient) -> None:
    shelves, counting = Shelves(desk.database), Counting(desk)
    looking, writing, browsing = Looking(desk, shelves, counting), Writing(desk, shelves), Browsing(desk, shelves)
    hints = Hints(desk, shelves, counting, client)
    gaps, owners = Gaps(desk, shelves), Owners(desk)
    exchange, starting = Exchange(desk, shelves, client), Starting(desk, shelves)
    commands = Commands(desk, shelves, looking, writing, browsing, hints, gaps, exchange, starting)
    app.command("/glossary", commands.glossary, "What a word means to both sides", "arr | add | browse | gaps | …")
    app.command("/define", looking.define, "Looks a word up in the glossary", "arr")
    app.menu(Menu(verbs.EXPLAIN_MENU, "Explain this message", MENU, "message", looking.explain))
    app.question(looking.question)
    for listen in (exchange.said, looking.said, hints.said):
        # Before the stand-up, which takes whatever is said to the bot or in its threads for an update.
        app.said(listen, first=True)
    app.event("reaction_added", hints.pressed)
    for verb, run in (
        (verbs.SHOW, looking.show),
        (verbs.MORE, looking.more),
        (verbs.LOOK_UP, looking.chosen),
        (verbs.SHARE, looking.share),
        (verbs.NONE_OF_THESE, looking.none_of_these),
        (verbs.ASK, writing.ask_channel),
        (verbs.ADD, writing.open_add),
        (verbs.EXPLAIN, writing.open_add),
        (verbs.GAP_ADD, writing.open_add),
        (verbs.GAP_IGNORE, gaps.ignore),
        (verbs.EDIT, writing.open_edit),
        (verbs.UPDATE, writing.open_edit),
        (verbs.EDIT_SENSE, writing.edit_sense),
        (verbs.NEW_SENSE, writing.open_new_sense),
        (verbs.HISTORY, writing.open_history),
        (verbs.REVERT, writing.revert),
        (verbs.DISPUTE, writing.open_dispute),
        (verbs.RETIRE, writing.open_retire),
        (verbs.ACCEPT, writing.accept),
        (verbs.TAKE, writing.take),
        (verbs.TAKE_EDITED, writing.open_taking),
        (verbs.DECLINE, writing.decline),
        (verbs.CONFIRM, writing.confirm),
        (verbs.NOT_MEANT, writing.open_not_meant),
        (verbs.BROWSE, browsing.open),
        (verbs.BROWSE_BY, browsing.choose),
        (verbs.BROWSE_PAGE, browsing.turn),
        (verbs.IMPORT, exchange.agree),
        (verbs.CANCEL, exchange.arriving.cancel),
        (verbs.STARTER, starting.add),
        (verbs.NO_STARTER, starting.decline),
    ):
        app.press(verb, run)
    app.form(verbs.ADD_FORM, writing.add)
    app.form(verbs.EDIT_FORM, writing.edit)
    app.form(verbs.SENSE_FORM, writing.new_sense)
    app.form(verbs.DISPUTE_FORM, writing.dispute)
    app.form(verbs.RETIRE_FORM, writing.retire)
    app.form(verbs.NOT_MEANT_FORM, writing.not_meant)
    app.home(home.part(desk))
    app.calling(Calling("glossary.gaps", gap_notes.plans, gaps.occurs, gaps.skipped, "words without a term are told"))
    app.calling(
        Calling("glossary.owners", owner_notes.plans, owners.occurs, owners.skipped, "owners look at their terms")
    )
    app.job(gap_notes.NOTE, gaps.tell)
    app.job(owner_notes.CONFIRM, owners.ask)
    app.job(exchange.arriving.job, exchange.bring_in)
    app.on_settings(starting.settings_changed)
    app.keeps(starting.keeps)
    app.at_start(shelves.ready)
    app.at_end(counting.end)
    app.daily(asking.forget_old)
    app.daily(exchange.arriving.forget)
    refusals(app)
    for name, why, without in SCOPES:
        app.scope(name, why, without)


MENU = "Every word in it that the glossary knows, for you alone"
SCOPES = (
    (
        "reactions:write",
        "to mark messages with words that the other side has looked up, where a channel wants it",
        "no message is marked",
    ),
    ("reactions:read", "to explain those words to whoever presses the mark", "marks explain nothing"),
    ("files:read", "to read a glossary that somebody sends it as a file", "a glossary is imported on the server alone"),
    (
        "files:write",
        "to send the glossary as a file to whoever asks for it",
        "a glossary is written on the server alone",
    ),
)


def refusals(app: Registry) -> None:
    app.refusal(terms.NoSuchTerm, lambda _: WORDS.no_such_term())
    app.refusal(terms.NoSuchSuggestion, lambda _: WORDS.no_such_suggestion())
    app.refusal(terms.NameTaken, lambda why: WORDS.name_taken(why.name, why.other.name))
    app.refusal(terms.NotASteward, lambda why: WORDS.not_a_steward(why.term.name))
    app.refusal(terms.TooManySenses, lambda why: WORDS.too_many_meanings(why.term.name))
    app.refusal(terms.StewardsOnly, lambda _: WORDS.only_stewards())
    app.refusal(terms.AlreadySo, lambda why: WORDS.already_so(why.state, why.by))
    app.refusal(terms.NotForOutsiders, lambda _: WORDS.not_for_outsiders())

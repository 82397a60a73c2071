"""The forms in which terms are written: add, edit a meaning, add a meaning, dispute, retire, say what was meant."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.features.glossary import verbs
from bot.features.glossary.views import PLAIN, WORDS
from bot.slack import blocks
from bot.slack.blocks import Block
from glossary.exchange import writable
from glossary.settings import GlossarySettings
from glossary.terms import LONGEST_DEFINITION, LONGEST_NAME, MOST_LINKS, SIDES, Sense, Term, Wording
from rituals.people.rules import Side

NO_DOMAIN = "-"
LABELS = {
    "name": "Term",
    "expansions": "What the letters stand for",
    "aliases": "Also written",
    "business": "What it means for the business side",
    "technical": "What it means for the technical side",
    "example": "Example",
    "business_owner": "Who answers for the business side",
    "technical_owner": "Who answers for the technical side",
    "links": "Links",
    "domain": "Domain",
    "note": "Why",
    "senses": "Meanings",
}
PER_LINE = "One a line."


def add(asked: str, sides: Sequence[Side], settings: GlossarySettings, **carried: Any) -> Block:
    """The short form: a name and one side are enough, hers first."""
    parts = [_line("name", asked), _lines("expansions", (), 2 * LONGEST_NAME)]
    parts += [_definition(side, "", optional=True) for side in sides]
    parts += [_text("example", ""), *_domain("", settings)]
    return blocks.modal("Add a term", verbs.ADD_FORM, parts, submit="Add", close="Not now", **carried)


def edit(
    term: Term,
    nth: int,
    settings: GlossarySettings,
    *,
    direct: bool,
    wording: Wording | None = None,
    met: str = "",
    above: Sequence[Block] = (),
    base: int | None = None,
    **carried: Any,
) -> Block:
    """One meaning of a term with the names of the whole. `met` says what others changed meanwhile, `above` what a
    suggestion would change; `wording`: what the form holds if not what the term says."""
    shown = wording or term.wording
    sense = shown.senses[nth] if nth < len(shown.senses) else Sense()
    parts = [*above, *(blocks.long_text(met) if met else ())]
    if direct is False:
        parts.append(blocks.context(WORDS.suggests()))
    parts += [_line("name", shown.name), _lines("expansions", shown.expansions, 2000)]
    parts.append(_lines("aliases", shown.aliases, 2000))
    parts += _sense(sense, settings)
    if not direct:
        parts.append(blocks.field("note", LABELS["note"], blocks.text_input("v", limit=500), optional=True))
    title, submit = ("Edit a term", "Save") if direct else ("Suggest a change", "Suggest")
    held = {"term": term.id, "at": nth, "base": base or term.revision, **carried}
    return blocks.modal(title, verbs.EDIT_FORM, parts, submit=submit, close="Not now", **held)


def which_sense(term: Term, settings: GlossarySettings, **carried: Any) -> Block:
    """A term with several meanings: a form shows one of them."""
    parts = [blocks.section(WORDS.which_sense(term.name))]
    for nth, sense in enumerate(term.wording.senses):
        button = blocks.button("Edit this one", verbs.EDIT_SENSE, nth=nth, term=term.id, at=nth, **carried)
        parts.append(blocks.section(WORDS.one_sense(sense_label(sense, settings)), button))
    return blocks.modal("Edit a term", "glossary.which_sense", parts)


def sense_label(sense: Sense, settings: GlossarySettings) -> str:
    """A meaning in a line."""
    said, domain = " ".join((sense.business or sense.technical).split()), settings.domain_name(sense.domain)
    return f"{domain}: {said}" if domain else said


def new_sense(term: Term, settings: GlossarySettings, *, direct: bool) -> Block:
    parts = [blocks.section(WORDS.another(term.name)), *_sense(Sense(), settings)]
    submit = "Add" if direct else "Suggest"
    held = {"term": term.id, "base": term.revision}
    return blocks.modal("Add a meaning", verbs.SENSE_FORM, parts, submit=submit, close="Not now", **held)


def dispute(term: Term) -> Block:
    parts = [
        blocks.section(WORDS.dispute(term.name)),
        blocks.field("reason", "What is not right?", blocks.text_input("v", limit=500)),
    ]
    return blocks.modal("Dispute", verbs.DISPUTE_FORM, parts, submit="Dispute", close="Not now", term=term.id)


def retire(term: Term) -> Block:
    parts = [
        blocks.section(WORDS.retire(term.name)),
        blocks.field("reason", "Why, or what to say instead", blocks.text_input("v", limit=500), optional=True),
    ]
    return blocks.modal("Retire", verbs.RETIRE_FORM, parts, submit="Retire", close="Not now", term=term.id)


def decline(term: Term) -> Block:
    """For one that was only ever suggested."""
    parts = [
        blocks.section(WORDS.decline(term.name)),
        blocks.field("reason", "What is missing", blocks.text_input("v", limit=500), optional=True),
    ]
    held = {"term": term.id, "new": True}
    return blocks.modal("Decline", verbs.RETIRE_FORM, parts, submit="Decline", close="Not now", **held)


def not_meant(term: Term, others: Sequence[tuple[str, str]]) -> Block:
    """Other meanings and other terms to choose from, and a line to whoever answers for it. `others`: value, label."""
    parts: list[Block] = []
    if others:
        options = [blocks.option(label, value) for value, label in others[:10]]
        parts.append(blocks.field("other", "Did you mean", blocks.choice("radio_buttons", "v", options), optional=True))
    line = blocks.text_input("v", multiline=False, limit=300)
    hint = PLAIN.to_owner_hint()
    parts.append(blocks.field("line", "A line to whoever answers for it", line, optional=True, hint=hint))
    return blocks.modal(
        "Not what I meant", verbs.NOT_MEANT_FORM, parts, submit="Send", close="Never mind", term=term.id
    )


def written(fields: Mapping[str, Any], base: Wording | None = None, nth: int = 0) -> Wording:
    """What a sent form says, in the place of meaning `nth` of `base`; fields that it did not show stay.

    A meaning that says nothing (any more) is left out, and so is what nobody could see or a file could not hold.
    """
    before = base.senses[nth] if base and nth < len(base.senses) else Sense()
    sense = Sense(
        business=_one_text(fields, "business", before),
        technical=_one_text(fields, "technical", before),
        example=_one_text(fields, "example", before),
        business_owner=_kept(fields, "business_owner", before),
        technical_owner=_kept(fields, "technical_owner", before),
        links=_listed(fields, "links", before.links),
        domain=_domain_of(fields, before),
    )
    senses = list(base.senses) if base else []
    senses[nth : nth + 1] = [sense]
    if len(senses) > 1 and not (sense.business or sense.technical):
        del senses[nth]
    return writable(
        Wording(
            name=fields.get("name") or (base.name if base else ""),
            expansions=_listed(fields, "expansions", base.expansions if base else ()),
            aliases=_listed(fields, "aliases", base.aliases if base else ()),
            senses=tuple(senses),
        )
    )


def _one_text(fields: Mapping[str, Any], name: str, before: Sense) -> str:
    return fields[name] or "" if name in fields else str(getattr(before, name))


def _kept(fields: Mapping[str, Any], name: str, before: Sense) -> str | None:
    found: str | None = fields[name] if name in fields else getattr(before, name)
    return found or None


def _listed(fields: Mapping[str, Any], name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    if name not in fields:
        return before
    return tuple((fields[name] or "").splitlines())


def _domain_of(fields: Mapping[str, Any], before: Sense) -> str:
    if "domain" not in fields:
        return before.domain
    chosen = fields["domain"] or NO_DOMAIN
    return "" if chosen == NO_DOMAIN else str(chosen)


def _sense(sense: Sense, settings: GlossarySettings) -> list[Block]:
    parts = [_definition(side, sense.said(side), optional=True) for side in SIDES]
    parts.append(_text("example", sense.example))
    for side in SIDES:
        chosen = blocks.person_select("v", sense.owner(side), "Nobody yet")
        parts.append(blocks.field(f"{side}_owner", LABELS[f"{side}_owner"], chosen, optional=True))
    hint = PLAIN.links_hint(MOST_LINKS)
    parts.append(_lines("links", sense.links, blocks.SECTION, hint))
    return [*parts, *_domain(sense.domain, settings)]


def _domain(chosen: str, settings: GlossarySettings) -> list[Block]:
    if not settings.domains and not chosen:
        return []
    options = [blocks.option("No domain", NO_DOMAIN)]
    options += [blocks.option(domain.name, domain.key) for domain in settings.domains.values()]
    if chosen and chosen not in settings.domains:
        options.append(blocks.option(chosen, chosen))  # the configuration no longer knows it; the term still does
    element = blocks.choice("static_select", "v", options, chosen or NO_DOMAIN)
    return [blocks.field("domain", LABELS["domain"], element, optional=True)]


def _definition(side: Side, text: str, *, optional: bool) -> Block:
    return blocks.field(
        side, LABELS[side], blocks.text_input("v", initial=text, limit=LONGEST_DEFINITION), optional=optional
    )


def _text(name: str, text: str) -> Block:
    element = blocks.text_input("v", initial=text, limit=LONGEST_DEFINITION)
    return blocks.field(name, LABELS[name], element, optional=True)


def _line(name: str, text: str) -> Block:
    element = blocks.text_input("v", initial=text, multiline=False, limit=LONGEST_NAME)
    return blocks.field(name, LABELS[name], element)


def _lines(name: str, texts: Sequence[str], limit: int, hint: str = PER_LINE) -> Block:
    element = blocks.text_input("v", initial="\n".join(texts), limit=limit)
    return blocks.field(name, LABELS[name], element, optional=True, hint=hint)

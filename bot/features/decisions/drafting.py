"""What the form to ask with says: a decision that is wanted, what is wrong with it, or a draft to be shown again.

fields that were sent -> wanted, and a sentence beside each that is wrong
fields as they stand  -> a draft, for the form with more in it
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.features.decisions.views import PLAIN, forms
from bot.features.decisions.views.forms import Draft
from bot.settings import Resolved
from bot.slack.payloads import Form, Press
from bot.slack.replies import Errors
from rituals.calendar import working_day_ends
from rituals.decisions import rules
from rituals.decisions.records import Asked
from rituals.people.rules import local_day

FARTHEST = timedelta(days=366)


def written(form: Form, draft: Draft, settings: Resolved, now: datetime) -> tuple[Asked, dict[str, str]]:
    """What the form says, and a sentence for each field that is wrong."""
    fields, wrong = form.fields, dict[str, str]()
    question = " ".join(str(fields.get("question") or "").split())
    decider = str(fields.get(f"decider{draft.decider_n}") or draft.decider or "")
    due_at = due_of(fields.get("due"), settings, now)
    options, links = forms.lines(fields.get("options")), forms.lines(fields.get("links"))
    tags = forms.words(fields.get("tags")) if "tags" in fields else draft.tags
    consulted, informed = tuple(fields.get("consulted") or ()), tuple(fields.get("informed") or ())
    if not question:
        wrong["question"] = PLAIN.empty_question()
    if isinstance(due_at, str):
        wrong["due"] = due_at
    for name, found, most, longest in (
        ("options", options, forms.MOST_OPTIONS, forms.LONGEST_OPTION),
        ("links", links, forms.MOST_LINKS, 1000),
        ("tags", tags, forms.MOST_TAGS, forms.LONGEST_TAG),
        ("consulted", consulted, forms.MOST_PEOPLE, 100),
        ("informed", informed, forms.MOST_PEOPLE, 100),
    ):
        if len(found) > most:
            wrong[name] = PLAIN.too_many(most)
        elif any(len(each) > longest for each in found):
            wrong[name] = PLAIN.too_long(longest)
    driver = str(fields.get("driver") or draft.driver or form.user)
    function_of = settings.function_of
    asked = Asked(
        question=question,
        decider=decider,
        driver=driver,
        channel=str(fields.get("channel") or draft.channel or ""),
        due_at=now if isinstance(due_at, str) else due_at,
        context=str(fields.get("context") or "").strip(),
        options=options,
        consulted=consulted,
        informed=informed,
        asked=function_of.get(decider),
        waiting=fields.get("waiting") or draft.waiting or function_of.get(driver),
        tags=tags,
        links=links,
        escalate_to=fields.get("escalate_to") or draft.escalate_to,
        supersedes=form.carried.get("supersedes"),
    )
    return asked, wrong


def due_of(chosen: Any, settings: Resolved, now: datetime) -> datetime | str:
    """The end of that working day on the group's clock, or what is wrong with it."""
    calendar = settings.calendar
    if not chosen:
        return rules.due_after(calendar, now, settings.decisions.due_days)
    noon = datetime.fromisoformat(f"{date.fromisoformat(str(chosen))}T12:00").replace(tzinfo=ZoneInfo(calendar.zone))
    ends = working_day_ends(calendar, noon, calendar.zone)
    if local_day(noon, calendar.zone) < local_day(now, calendar.zone):
        return PLAIN.in_the_past()
    return PLAIN.too_far() if noon - now > FARTHEST else max(ends, now + timedelta(hours=1))


def draft_of(carried: Mapping[str, Any]) -> Draft:
    own = {name: carried[name] for name in ("message", "blocker", "supersedes") if name in carried}
    return Draft(
        decider=carried.get("decider"),
        decider_n=carried.get("n", 0),
        topic=carried.get("topic"),
        channel=carried.get("channel"),
        ask_channel=bool(carried.get("pick")),
        unfolded=bool(carried.get("open")),
        escalate_to=carried.get("escalate"),
        tags=tuple(carried.get("tags", ())),
        waiting=carried.get("waiting"),
        driver=carried.get("driver"),
        carried=own,
    )


def typed(press: Press) -> Draft:
    """The form as it stands before her, so that it can be shown again with more, or another proposal, in it."""
    draft, fields = draft_of(press.carried), press.fields
    return replace(
        draft,
        question=fields.get("question") or "",
        context=fields.get("context") or "",
        decider=fields.get(f"decider{draft.decider_n}") or draft.decider,
        due=date.fromisoformat(fields["due"]) if fields.get("due") else None,
        options=forms.lines(fields.get("options")),
        consulted=tuple(fields.get("consulted") or ()),
        informed=tuple(fields.get("informed") or ()),
        driver=fields.get("driver") or draft.driver,
        waiting=fields.get("waiting") or draft.waiting,
        escalate_to=fields.get("escalate_to") or draft.escalate_to,
        tags=forms.words(fields.get("tags")) or draft.tags,
        links=forms.lines(fields.get("links")),
        topic=fields.get("topic") or draft.topic,
        channel=fields.get("channel") or draft.channel,
    )


def beside(form: Form, wrong: Mapping[str, str]) -> Errors:
    """Each sentence beside its field; beside the question what has none in this form."""
    return Errors({_field(form, name): sentence for name, sentence in wrong.items()})


def _field(form: Form, name: str) -> str:
    """The block of a field that the form shows: the decider's has another name after each proposal."""
    found = next((each for each in form.fields if each == name or each.rstrip("0123456789") == name), None)
    return found or "question"

"""Builds the Bolt app: one door for every kind of payload to the features' table, and the one place where errors end.

request -> payloads (a record) -> the table's handler -> replies (records) -> ack and Web API calls
"""

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import fields, replace
from typing import Any, Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.database import AlreadyDone
from bot.logs import line, logger
from bot.registry import Registry
from bot.slack import blocks, payloads
from bot.slack.replies import Errors, Home, One, Open, Refresh, Replace, Reply, Say, Share, each
from bot.words import called
from rituals.refusals import Refused

log = logger()
Body = Mapping[str, Any]


class Names(Protocol):
    """How a workspace calls the commands: meant to written, and back."""

    @property
    def commands(self) -> Mapping[str, str]: ...
    @property
    def meant(self) -> Mapping[str, str]: ...


NamesOf = Callable[[str], Awaitable[Names]]


def build(
    registry: Registry,
    client: AsyncWebClient,
    at_once: AsyncWebClient,
    bare: AsyncWebClient,
    identity: AuthorizeResult,
    signing_secret: str | None,
    names: NamesOf,
) -> AsyncApp:
    """`client` speaks for the workspace; so does `at_once`, which waits out no limit, since no trigger outlives one.
    `bare` has no token: Bolt gives it one per request. `identity` is what `auth.test` said at start; `names` says how
    a workspace calls its commands.
    """
    app = AsyncApp(
        # Without a name Bolt looks for the file that called it, through every module that is loaded: 5 % of the start.
        name="crosswalk",
        client=bare,
        authorize=_OneWorkspace(identity),  # type: ignore[arg-type]
        signing_secret=signing_secret,
        process_before_response=True,
        attaching_function_token_enabled=False,
        request_verification_enabled=signing_secret is not None,
    )
    app.use(_Door(_Dispatch(registry, client, at_once, names)))
    return app


class _OneWorkspace(AsyncAuthorize):
    """The one workspace this token belongs to, known since start: no `auth.test` on any request."""

    def __init__(self, identity: AuthorizeResult) -> None:
        self._identity = identity

    async def __call__(self, **_: Any) -> AuthorizeResult | None:
        return self._identity


class _Door(AsyncMiddleware):
    """Behind Bolt's own checks, in the place of listeners: to find one and to lay out everything that it might ask
    for costs Bolt as much again as all the rest of a request. What raises here is answered with a 500 and logged.
    """

    def __init__(self, desk: "_Dispatch") -> None:
        self._commands, self._said, self._event = desk.command, desk.said, desk.event
        self._interactions: Mapping[str, Callable[[AsyncAck, Body], Awaitable[None]]] = {
            "block_actions": desk.press,
            "view_submission": desk.form,
            "view_closed": desk.closed,
            "shortcut": desk.shortcut,
            "message_action": desk.shortcut,
        }

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        body, ack = req.body, req.context.ack
        if "command" in body:
            await self._commands(ack, body)
        elif "event" in body:
            await (self._said if body["event"]["type"] == "message" else self._event)(body)
            await ack()
        elif body.get("type") in self._interactions:
            await self._interactions[body["type"]](ack, body)
        else:
            return await next()
        return ack.response


class _Dispatch:
    def __init__(self, registry: Registry, client: AsyncWebClient, at_once: AsyncWebClient, names: NamesOf) -> None:
        self._registry = registry
        self._slack, self._at_once = client, at_once
        self._names = names
        self._speaking: set[asyncio.Task[None]] = set()

    async def command(self, ack: AsyncAck, body: Body) -> None:
        command = payloads.command(body)
        reply = await self._answered("command", command.name, command, self._run(command))
        shown: Say | None = None
        for one in each(reply):
            shown = one if isinstance(one, Say) else await self._open_or_explain(one, command.trigger) or shown
        if shown is not None and shown.blocks:
            ack.response = BoltResponse(status=200, body=_encode({"text": shown.text, "blocks": shown.blocks}))
        else:
            await ack(shown.text if shown is not None else "")

    async def _run(self, command: payloads.Command) -> Reply:
        meant = (await self._names(command.workspace)).meant.get(command.name, command.name)
        usage = self._registry.commands.get(meant)
        if usage is None:
            return Say(f"I don't know `{blocks.cut(command.name, 40)}`. `/crosswalk help` lists what I do.")
        return await usage.run(command)

    async def press(self, ack: AsyncAck, body: Body) -> None:
        press = payloads.press(body)
        run = self._registry.presses.get(press.verb)
        if run is not None:
            reply = await self._answered("press", press.verb, press, run(press))
            for one in each(reply):
                # A form needs the trigger while it is fresh; words need not keep Slack waiting for the ack.
                if isinstance(one, Open | Refresh):
                    await self._after_press(press, one)
                else:
                    self._aside(self._after_press(press, one))
            if press.surface == "home":
                self._aside(self._renew_home(press.workspace, press.user))
        await ack()

    async def _renew_home(self, workspace: str, user: str) -> None:
        if self._registry.home_view is not None:
            view = await self._registry.home_view(workspace, user)
            await self._slack.views_publish(user_id=user, view=view)

    async def form(self, ack: AsyncAck, body: Body) -> None:
        form = payloads.form(body)
        run = self._registry.forms.get(form.callback)
        if run is None:
            await ack()
            return
        response: dict[str, Any] = {}
        for one in each(await self._answered("form", form.callback, form, run(form))):
            if isinstance(one, Errors):
                response = {"response_action": "errors", "errors": dict(one.fields)}
            elif isinstance(one, Refresh):
                response = {"response_action": "update", "view": one.view}
            elif isinstance(one, Open):
                response = {"response_action": "push", "view": one.view}
            elif isinstance(one, Home):
                await self._slack.views_publish(user_id=form.user, view=one.view)
            elif isinstance(one, Say):
                response = await self._say_after_form(form, one, body)
        await ack(**response)

    async def closed(self, ack: AsyncAck, body: Body) -> None:
        await ack()

    async def shortcut(self, ack: AsyncAck, body: Body) -> None:
        shortcut = payloads.shortcut(body)
        menu = self._registry.menus.get(shortcut.callback)
        if menu is not None:
            for one in each(await self._answered("shortcut", shortcut.callback, shortcut, menu.run(shortcut))):
                told = await self._open_or_explain(one, shortcut.trigger) if not isinstance(one, Say) else one
                if told is not None:
                    await self._slack.views_open(trigger_id=shortcut.trigger or "", view=_note(told))
        await ack()

    async def said(self, body: Body) -> None:
        said = payloads.said(body)
        if said is None:
            await self._noticed(body)
            return
        for listen in self._registry.listeners:
            reply = await self._answered("said", said.kind, said, listen(said))
            if reply is not None:
                direct = said.channel_type == "im"
                for one in each(reply):
                    self._aside(self._after_words(said.channel, said.user, said.thread_ts, direct, one))
                return

    async def _noticed(self, body: Body) -> None:
        notice = payloads.event(body)
        run = self._registry.notices.get(notice.data.get("subtype", ""))
        if run is not None:
            await self._answered("event", notice.data["subtype"], notice, run(notice))

    async def event(self, body: Body) -> None:
        event = payloads.event(body)
        for run in self._registry.events.get(event.type, ()):
            for one in each(await self._answered("event", event.type, event, run(event))):
                channel, thread_ts = str(event.data.get("channel", "")), event.data.get("thread_ts")
                user, direct = _user_of(event.data), channel.startswith("D")
                self._aside(self._after_words(channel, user, thread_ts, direct, one))

    def _aside(self, words: Coroutine[Any, Any, None]) -> None:
        """Says something after Slack has had its ack: what it is about is kept already, and a second copy of the
        request would not be answered again."""
        task = asyncio.create_task(words)
        self._speaking.add(task)
        task.add_done_callback(self._spoken)

    def _spoken(self, task: "asyncio.Task[None]") -> None:
        self._speaking.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            code = error.response.get("error") if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("words_lost", error=code)

    async def _answered(self, kind: str, name: str, record: Any, work: Awaitable[Reply]) -> Reply:
        """The handler's reply; a refusal becomes its sentence, a second copy of a request nothing, a bug an apology."""
        began = time.perf_counter()
        outcome = "ok"
        try:
            reply = await work
            return _as_called(reply, (await self._names(record.workspace)).commands) if reply else reply
        except AlreadyDone:
            outcome = "again"
            return None
        except Refused as refused:
            outcome = type(refused).__name__
            return self._refusal(kind, record, self._registry.sentence(refused))
        except Exception as error:
            if kind in ("said", "event"):
                outcome = "failed"
                raise  # Slack sends it again: nobody waits for a sentence, and nothing is lost
            reference = secrets.token_hex(4)
            outcome = f"failed {reference}"
            log.exception("request_failed", kind=kind, name=name, reference=reference, error=type(error).__name__)
            return self._refusal(kind, record, _APOLOGY.format(reference=reference))
        finally:
            line(
                kind,
                name=name,
                workspace=record.workspace,
                user=getattr(record, "user", None),
                outcome=outcome,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )

    def _refusal(self, kind: str, record: Any, sentence: str) -> Reply:
        if kind == "form" and record.fields:
            return Errors({next(iter(record.fields)): sentence})  # beside the field, so that what she typed stays
        if kind == "form":
            return Refresh(_note(Say(sentence)))
        return Say(sentence, thread_ts=getattr(record, "thread_ts", None))

    async def _open_or_explain(self, one: One, trigger: str | None) -> Say | None:
        """Opens the modal she asked for; the sentence to show instead if Slack says it came too late."""
        if isinstance(one, Open) and trigger:
            try:
                await self._at_once.views_open(trigger_id=trigger, view=one.view)
            except SlackApiError as error:
                if error.response["error"] in _OPEN_ALREADY:
                    return None
                if error.response["error"] not in _LATE:
                    raise
                log.warning("trigger_expired", error=error.response["error"])
                return Say(_TOO_LATE)
        return None

    async def _after_press(self, press: payloads.Press, one: One) -> None:
        if isinstance(one, Open):
            late = await self._push_or_open(press, one)
            if late is not None:
                await self._tell(press, late)
        elif isinstance(one, Refresh) and press.view_id:
            await self._slack.views_update(view_id=press.view_id, view=one.view)
        elif isinstance(one, Home):
            await self._slack.views_publish(user_id=press.user, view=one.view)
        elif isinstance(one, Replace) and press.response_url:
            await self._respond(press.response_url, one)
        elif isinstance(one, Share) and press.response_url:
            await self._share(press.response_url, one)
        elif isinstance(one, Say):
            await self._tell(press, one)

    async def _push_or_open(self, press: payloads.Press, one: Open) -> Say | None:
        if press.surface != "modal":
            return await self._open_or_explain(one, press.trigger)
        await self._at_once.views_push(trigger_id=press.trigger or "", view=one.view)
        return None

    async def _tell(self, press: payloads.Press, say: Say) -> None:
        """Where she pressed: beside the message, or as a small modal when she pressed in App Home or in a modal."""
        if press.surface == "message" and press.channel:
            await self._privately(press.channel, press.user, say, say.thread_ts or press.thread_ts)
        elif press.trigger:
            await self._push_or_open(press, Open(_note(say)))

    async def _say_after_form(self, form: payloads.Form, say: Say, body: Body) -> dict[str, Any]:
        if say.channel:
            self._aside(self._privately(say.channel, form.user, say, say.thread_ts))
            return {}
        return {"response_action": "update", "view": _note(say, body["view"]["title"]["text"])}

    async def _after_words(self, channel: str, user: str, thread_ts: str | None, direct: bool, one: One) -> None:
        if isinstance(one, Home):
            await self._slack.views_publish(user_id=user, view=one.view)
        elif isinstance(one, Say) and direct:
            await self._slack.chat_postMessage(
                channel=channel, text=one.text, blocks=list(one.blocks) or None, thread_ts=thread_ts
            )
        elif isinstance(one, Say):
            await self._privately(one.channel or channel, user, one, one.thread_ts or thread_ts)

    async def _privately(self, channel: str, user: str, say: Say, thread_ts: str | None) -> None:
        try:
            await self._slack.chat_postEphemeral(
                channel=channel, user=user, text=say.text, blocks=list(say.blocks) or None, thread_ts=thread_ts
            )
        except SlackApiError as error:
            if error.response["error"] not in _NOT_THERE:
                raise
            await self._slack.chat_postMessage(channel=user, text=say.text, blocks=list(say.blocks) or None)

    async def _share(self, url: str, share: Share) -> None:
        """Through the address that Slack gave for this press: it works where the bot is no member, too."""
        if await self._send(url, text=share.text, blocks=list(share.blocks), response_type="in_channel"):
            await self._send(url, delete_original=True)
        else:
            await self._send(url, text=_NOT_SHARED, replace_original=False)

    async def _respond(self, url: str, change: Replace) -> None:
        if change.text:
            await self._send(url, text=change.text, blocks=list(change.blocks) or None, replace_original=True)
        else:
            await self._send(url, delete_original=True)

    async def _send(self, url: str, **message: Any) -> bool:
        from slack_sdk.webhook.async_client import AsyncWebhookClient

        answer = await AsyncWebhookClient(url).send(**message)
        if answer.status_code != 200:
            log.warning("replace_refused", status=answer.status_code, answer=answer.body[:100])
        return answer.status_code == 200


def _note(say: Say, title: str = "Crosswalk") -> dict[str, Any]:
    return blocks.modal(title, "crosswalk.note", list(say.blocks) or blocks.long_text(say.text))


def _as_called(reply: Reply, names: Mapping[str, str]) -> Reply:
    """Sentences name commands as they are meant; this group may call them otherwise."""
    if all(meant == written for meant, written in names.items()):
        return reply
    return [
        # A form holds what she wrote herself, which stays as she wrote it.
        one
        if isinstance(one, Open | Refresh)
        else replace(one, **{part.name: called(getattr(one, part.name), names) for part in fields(one)})
        for one in each(reply)
    ]


# Bolt's own would be a tenth longer, and would look whether a message of ours contains itself.
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def _user_of(data: Mapping[str, Any]) -> str:
    user = data.get("user", "")
    return str(user["id"] if isinstance(user, Mapping) else user)


# A trigger does not outlive the wait that a limit asks for either.
_LATE = {
    "ratelimited",
    "expired_trigger_id",
    "trigger_expired",
    "invalid_trigger_id",
}
# By a first try whose answer was lost, or by another copy of the same request.
_OPEN_ALREADY = {"exchanged_trigger_id", "trigger_exchanged"}
_NOT_THERE = {"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"}
_TOO_LATE = (
    "That took longer than Slack allows, so no form could open. Nothing was lost; please press again in a moment."
)
_NOT_SHARED = (
    "Slack did not let me show that to the channel, so nobody saw it. Copy what matters and write it yourself."
)
_APOLOGY = (
    "Sorry, something went wrong on my side and this was not saved. Please try again in a minute; "
    "if it happens again, give whoever looks after Crosswalk this reference: {reference}."
)

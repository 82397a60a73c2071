"""Messages with charts or tables, also where a workspace does not take those: as pictures there, or else in words.

say -> invalid_blocks -> draw, upload, wait for Slack to process -> say with pictures -> or in words
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.apart import Failed, apart
from bot.logs import logger
from bot.outbox.outcomes import Delivery, Landed, NotRenewed, Outcome, Refused, Renewal, Renewed
from bot.outbox.speaking import error_code
from bot.slack import blocks as slack
from bot.slack import charts
from bot.slack.pictures import pictures

log = logger()

Said = TypeVar("Said", Delivery, Renewal)
Say = Callable[[AsyncWebClient, Said, float], Awaitable[Outcome]]
Block = dict[str, Any]

PICTURE_SCOPES = (
    ("files:read", "to see when Slack is done with a picture", "a picture is sent again until Slack takes it"),
    ("files:write", "to send charts as pictures where Slack does not draw them", "a chart stands there in words"),
)
"""Name, why and what without it: for features that post charts or tables."""

# Slack rolls new blocks out workspace by workspace: one that refuses them may take them some day.
_REMEMBERED = 3600.0
_FILES = 100
_DRAW, _UPLOAD = 60.0, 60.0
# Seconds before each look whether Slack is done with the files, and how often it may then refuse the message.
_PAUSES = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_REFUSALS = 4
# Alternative texts count against the length of the message.
_WORDS = (charts.WORDS, 800, 300, 100)
_BROKEN = (Failed, SlackClientError, aiohttp.ClientError, TimeoutError, OSError)


@dataclass(frozen=True, slots=True)
class _File:
    id: str
    until: float


class Pictures:
    """Remembers for an hour which workspaces refuse charts and tables, and what was uploaded. One for an event loop."""

    def __init__(self) -> None:
        self._refusing: dict[str, float] = {}
        self._files: dict[tuple[str, str], _File] = {}
        self._one_at_a_time = asyncio.Lock()

    async def said(self, say: Say[Said], client: AsyncWebClient, workspace: str, what: Said, within: float) -> Outcome:
        """`say` has one message said, in real seconds `within`; Slack posts nothing of what it refuses, so that it may
        be said again at once. Whatever goes wrong with pictures, the words are said."""
        if not any(map(charts.is_picture, what.blocks or [])):
            return await say(client, what, within)
        asked = self._refusing.get(workspace, 0.0) <= time.monotonic()
        if asked and not _refused(outcome := await say(client, what, within)):
            return outcome
        outcome = await self._otherwise(say, client, workspace, what, within)
        if asked and isinstance(outcome, Landed | Renewed):
            # The charts and tables it was, and nothing else in the message.
            self._refusing[workspace] = time.monotonic() + _REMEMBERED
        return outcome

    async def _otherwise(
        self, say: Say[Said], client: AsyncWebClient, workspace: str, what: Said, within: float
    ) -> Outcome:
        blocks: list[Block] = what.blocks or []
        files = await self._uploaded(
            client, workspace, what.key, [block for block in blocks if charts.is_picture(block)]
        )
        refusals = 0
        for pause in _PAUSES if files else ():
            if refusals == _REFUSALS:
                break
            await asyncio.sleep(pause)
            if await _processed(client, files, within):
                outcome = await say(client, replace(what, blocks=_with_pictures(blocks, files)), within)
                if not _refused(outcome):
                    log.info("said_with_pictures", workspace=workspace, key=what.key, files=len(files))
                    return outcome
                refusals += 1
        self._files = {known: file for known, file in self._files.items() if file.id not in files}
        log.warning("said_in_words", workspace=workspace, key=what.key)
        return await say(client, replace(what, blocks=_in_words(blocks)), within)

    async def _uploaded(self, client: AsyncWebClient, workspace: str, key: str, blocks: Sequence[Block]) -> list[str]:
        """The ids of their pictures, in order; none when one of them cannot be had."""
        try:
            # A hundred messages at once need no hundred processes; and what two of them show is drawn once.
            async with self._one_at_a_time:
                return await self._had(client, workspace, blocks)
        except _BROKEN as error:
            why = error_code(error) if isinstance(error, SlackApiError) else ""
            log.warning(
                "pictures_failed", workspace=workspace, key=key, error=why or str(error) or type(error).__name__
            )
        except Exception:
            # A fault of ours in a picture must not keep the words from being said.
            log.exception("pictures_fault", workspace=workspace, key=key)
        return []

    async def _had(self, client: AsyncWebClient, workspace: str, blocks: Sequence[Block]) -> list[str]:
        now = time.monotonic()
        self._files = {known: file for known, file in [*self._files.items()][-_FILES:] if file.until > now}
        names = [(workspace, json.dumps(block, sort_keys=True)) for block in blocks]
        missing = {name: block for name, block in zip(names, blocks, strict=True) if name not in self._files}
        if missing:
            async with asyncio.timeout(_DRAW):
                drawn = await apart(pictures, [*missing.values()])
            async with asyncio.timeout(_UPLOAD):
                for (name, block), content in zip(missing.items(), drawn, strict=True):
                    self._files[name] = _File(await _upload(client, block, content), now + _REMEMBERED)
        return [self._files[name].id for name in names]


async def _upload(client: AsyncWebClient, block: Block, content: bytes) -> str:
    """Shared nowhere: the message will show it."""
    answer = await client.files_upload_v2(
        content=content,
        filename=f"{'table' if block['type'] == 'table' else 'chart'}.png",
        title=block.get("title") or "Table",
        alt_txt=charts.numbers(block, 1000),
        request_file_info=False,
    )
    return str(answer["file"]["id"])


async def _processed(client: AsyncWebClient, files: Sequence[str], within: float) -> bool:
    """Slack refuses pictures that it is not done with, and until then does not know their type. True too where it does
    not tell: then the message has to find out."""
    try:
        async with asyncio.timeout(within):
            seen = [await client.files_info(file=file) for file in files]
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.info(
            "pictures_unseen", error=error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
        )
        return True
    return all(answer["file"].get("mimetype") for answer in seen)


def _with_pictures(blocks: Sequence[Block], files: Sequence[str]) -> list[Block]:
    def pictured(block: Block, file: str, limit: int) -> Block:
        image = {"type": "image", "slack_file": {"id": file}, "alt_text": charts.numbers(block, limit)}
        return image | {"title": slack.plain(block["title"], 2000) | {"emoji": False}} if block.get("title") else image

    return _instead(blocks, files, pictured)


def _in_words(blocks: Sequence[Block]) -> list[Block]:
    there = [""] * len(blocks)
    return _instead(blocks, there, lambda block, _, limit: slack.literal(charts.numbers(block, limit)))


def _instead(blocks: Sequence[Block], files: Sequence[str], made: Callable[[Block, str, int], Block]) -> list[Block]:
    """Every chart and table replaced, by as many words as the message has room for."""
    shown: list[Block] = []
    for limit in _WORDS:
        mine = iter(files)
        shown = [
            made(block, next(mine), limit) | _named(block) if charts.is_picture(block) else block for block in blocks
        ]
        if slack.fit(shown):
            break
    return shown


def _named(block: Mapping[str, Any]) -> Block:
    return {"block_id": block["block_id"]} if "block_id" in block else {}


def _refused(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused | NotRenewed) and outcome.error == "invalid_blocks"

"""Whole messages and whole views: every block by itself, then what holds between them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from .blocks import blocks_of
from .composition import plain
from .places import Surface
from .reading import holders, parts_with_ids
from .shapes import Check, Problem, Record, boolean, items, kind, kinds, problem, string
from .tables import characters

Between = Callable[[list[Any], str], Iterator[Problem]]


def check_message(blocks: object, text: object) -> list[Problem]:
    """Everything Slack would refuse in a message; empty when it would take it.

    `blocks` is the decoded list or None; `text` the fallback text or None. Lengths of `text` are the method's own
    business (posting cuts it, updating refuses it), and so is a message with neither.
    """
    found = [] if text is None or isinstance(text, str) else [problem("/text", "must provide a string")]
    if blocks is not None:
        found += _MESSAGE_BLOCKS(blocks, "/blocks")
        found += _between(blocks, "/blocks", _MESSAGE_RULES)
    return found


def check_view(view: object, surface: Literal["modal", "home"]) -> list[Problem]:
    """Everything Slack would refuse in a modal or a Home tab; empty when it would take it."""
    found = list(_VIEWS[surface](view, "/view"))
    blocks = view.get("blocks") if isinstance(view, dict) else None
    return found + list(_between(blocks, "/view/blocks", _VIEW_RULES))


def _between(blocks: object, at: str, rules: tuple[Between, ...]) -> Iterator[Problem]:
    if isinstance(blocks, list):
        for rule in rules:
            yield from rule(blocks, at)


def _block_ids_differ(blocks: list[Any], at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for pointer, block in holders(blocks, at):
        block_id = block.get("block_id")
        if not isinstance(block_id, str):
            continue
        if block_id in seen:
            yield problem(f"{pointer}/block_id", f"block_id {block_id!r} already exists")
        seen.add(block_id)


def _action_ids_differ(blocks: list[Any], at: str) -> Iterator[Problem]:
    for pointer, block in holders(blocks, at):
        seen: set[str] = set()
        for where, element in parts_with_ids(block, pointer):
            action_id = element.get("action_id")
            if not isinstance(action_id, str):
                continue
            if action_id in seen:
                yield problem(f"{where}/action_id", f"action_id {action_id!r} already exists in this block")
            seen.add(action_id)


def _one_focus(blocks: list[Any], at: str) -> Iterator[Problem]:
    focused = [
        where
        for pointer, block in holders(blocks, at)
        for where, element in parts_with_ids(block, pointer)
        if element.get("focus_on_load") is True
    ]
    for where in focused[1:]:
        yield problem(f"{where}/focus_on_load", "only one element can have focus_on_load set to true")


def _one_table(blocks: list[Any], at: str) -> Iterator[Problem]:
    tables = _of_types(blocks, at, "table", "data_table")
    for pointer, _ in tables[1:]:
        yield problem(pointer, "only_one_table_allowed")


def _two_charts(blocks: list[Any], at: str) -> Iterator[Problem]:
    for pointer, _ in _of_types(blocks, at, "data_visualization")[2:]:
        yield problem(pointer, "no more than 2 data_visualization blocks allowed")


def _markdown_together(blocks: list[Any], at: str) -> Iterator[Problem]:
    texts = [block.get("text") for _, block in _of_types(blocks, at, "markdown")]
    if len(texts) > 1 and sum(len(text) for text in texts if isinstance(text, str)) > 12_000:
        yield problem(at, "markdown blocks must have less than 12001 characters together")


def _tables_together(blocks: list[Any], at: str) -> Iterator[Problem]:
    tables = [block for _, block in _of_types(blocks, at, "table")]
    if len(tables) > 1 and sum(map(characters, tables)) > 10_000:
        yield problem(at, "tables must have no more than 10000 characters together")


def _of_types(blocks: list[Any], at: str, *types: str) -> list[tuple[str, dict[str, Any]]]:
    return [(pointer, block) for pointer, block in holders(blocks, at) if block.get("type") in types]


def _inputs_can_be_submitted(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    if "submit" not in value and any(block["type"] == "input" for block in value["blocks"]):
        yield problem(at, "must define `submit` to use an `input` block in modals")


_SHARED: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
_SURFACES: tuple[Surface, ...] = ("message", "modal", "home")
_FILED = {surface: kinds(blocks_of(surface)) for surface in _SURFACES}
_MESSAGE_BLOCKS = items(_FILED["message"], 50, least=0)
_VIEWS: dict[str, Record] = {
    "modal": kind(
        "modal",
        {"title": plain(24), "blocks": items(_FILED["modal"], 100)},
        {**_SHARED, "submit": plain(24), "close": plain(24), "clear_on_close": boolean, "notify_on_close": boolean},
        _inputs_can_be_submitted,
    ),
    "home": kind("home", {"blocks": items(_FILED["home"], 100)}, _SHARED),
}
_EVERY_RULE: tuple[Between, ...] = (_block_ids_differ, _action_ids_differ, _one_focus)
_MESSAGE_RULES = (*_EVERY_RULE, _one_table, _two_charts, _markdown_together)
_VIEW_RULES = (*_EVERY_RULE, _tables_together)

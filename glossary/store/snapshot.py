"""A wording as the text that a term and its revisions keep: compact JSON, what is empty left out."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from glossary.terms import Sense, Wording


def written(wording: Wording) -> str:
    senses = [_filled(sense) for sense in wording.senses]
    return json.dumps({**_filled(wording), "senses": senses}, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Wording:
    raw = json.loads(text)
    senses = tuple(Sense(**_tuples(sense)) for sense in raw["senses"])
    return Wording(**{**_tuples(raw), "senses": senses})


def _filled(record: Sense | Wording) -> dict[str, Any]:
    found = {each.name: getattr(record, each.name) for each in fields(record) if each.name != "senses"}
    return {name: value for name, value in found.items() if value}


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}

"""The document as JSON: what other programs read, and what a bound digest is kept as."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from flows.digest.document import Document

VERSION = 1
"""Counted up when a field is renamed or removed; fields may be added at any time."""


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def to_json(document: Document) -> dict[str, Any]:
    """The JSON object of a document. Every change carries its `sentence` in words beside its parts."""
    fields: dict[str, Any] = _adapter().dump_python(document, mode="json")
    window = fields["window"]
    fields["window"] = {
        "after_seq": window["after_seq"],
        "upto_seq": window["upto_seq"],
        "from": window["start"],
        "to": window["end"],
    }
    for section, told in zip(fields["sections"], document.sections, strict=True):
        for change, item in zip(section["changes"], told.changes, strict=True):
            change["sentence"] = item.sentence
    return {"version": VERSION, **fields}


def from_json(fields: Mapping[str, Any]) -> Document:
    """The document a JSON object of `to_json` stands for; ValueError if it is none."""
    window = dict(fields.get("window") or {})
    window |= {"start": window.pop("from", None), "end": window.pop("to", None)}
    return _adapter().validate_python({**fields, "window": window})


def render_json(document: Document) -> str:
    """The document as indented JSON text."""
    return json.dumps(to_json(document), ensure_ascii=False, indent=1) + "\n"

"""Rows of the exports as short words for tables. (The digest has sentences of its own, in the reader's language.)"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.cli.output import Row

_HEDGE = {"about": "about ", "nearly": "nearly ", "over": "over ", "under": "under ", "up_to": "up to ", "at_least": "at least "}


def value(fields: Mapping[str, Any] | None) -> str:
    """A value: "about 1000000000 USD", "18 %", "2026-07-01..2026-12-31"."""
    if fields is None:
        return ""
    kind = fields["kind"]
    if kind == "period":
        return period(fields)
    if kind in {"status", "text"}:
        return str(fields.get("state", fields.get("text"))).replace("_", " ")
    if kind == "duration":
        low, high = fields["low"], fields["high"]
        span = "" if low is None and high is None else f"{low} " if low == high else f"{_end(low)}..{_end(high)} "
        return f"{span}{fields['unit']}"
    number = fields.get("amount", fields.get("number"))
    shown = f"{_end(fields['low'])}..{_end(fields['high'])}" if number is None else _grouped(number)
    unit = {"money": fields.get("currency", ""), "percent": "%", "ratio": "x"}.get(kind) or fields.get("unit", "")
    return f"{_HEDGE.get(fields['modifier'], '')}{shown}{'' if kind == 'ratio' else ' '}{unit}".strip()


def period(fields: Mapping[str, Any]) -> str:
    """Days: "2026-01-07", "2026-07-01..2026-12-31", "from 2027-01-01", "until 2026-12-31"."""
    start, end = fields.get("start"), fields.get("end")
    if start == end:
        return str(start or "")
    if end is None:
        return f"from {start}"
    return f"until {end}" if start is None else f"{start}..{end}"


def values(row: Row) -> str:
    """The value of a fact, or both sides of a dispute."""
    if "values" in row:
        return " | ".join(value(side["value"]) for side in row["values"])
    return value(row.get("value"))


def qualifiers(row: Row) -> str:
    """The qualifiers: "basis yoy, period 2025-04-01..2025-09-30"."""
    parts = []
    for name, given in row["qualifiers"].items():
        said = given if isinstance(given, str) else value(given) if "kind" in given else period(given)
        parts.append(f"{name} {said}")
    return ", ".join(parts)


def statement(row: Row) -> str:
    """What is said of the subject, short of the value: "revenue (period 2025-04-01..2025-09-30)", "partnership nvidia"."""
    said = " ".join(filter(None, (row["predicate"], row["object"])))
    told = qualifiers(row)
    return f"{said} ({told})" if told else said


def standing(row: Row) -> str:
    """How a fact stands, a person's verdict included: nothing where it is actual and current, as most are."""
    words = (row["modality"], row["status"], row.get("promise"), row.get("verdict"))
    return ", ".join(word for word in words if word and word not in {"actual", "current", "open"})


def sources(row: Row) -> str:
    """How many sources, and how many of them with a story of their own: "3, 2 independent"."""
    total, independent = row["sources"], row["independent_sources"]
    return str(total) if total == independent else f"{total}, {independent} independent"


def state(fields: Mapping[str, Any] | None) -> str:
    """A fact's state before or after a change."""
    if fields is None:
        return ""
    said = " | ".join(value(side) for side in fields["values"]) if "values" in fields else value(fields.get("value"))
    return f"{said} ({fields['status']})".strip() if fields["status"] != "current" else said


def day(time: str | None) -> str:
    """The day of an RFC 3339 time."""
    return "" if time is None else time[:10]


def _end(number: object) -> str:
    return "" if number is None else _grouped(number)


def _grouped(number: object) -> str:
    whole, dot, fraction = str(number).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{dot}{fraction}" if digits.isdigit() else str(number)

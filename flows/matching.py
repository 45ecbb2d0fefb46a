"""Whether a claim says what a fact entered by hand says, as generously as the fact model allows and no more.

Both are JSON objects as the exports write them. Entities match after slugging and without a
company's suffix, or by an alias; numbers within half a percent of an inexact figure, 0.05 % of an
exact one, or inside its interval; periods within six days at each end; texts by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

Json = Mapping[str, Any]

DAYS = 6
_COMPANY = re.compile(r"-(?:group|inc|corp|corporation|ltd|limited|co|company|holdings|technologies)$")
_CLASS = {"actual": "realised", "planned": "forward", "targeted": "forward"}
_OUTSIDE_SLOT = {"event", "by", "from", "until", "direction", "price", "converted", "note", "unit", "speakers"}
_OUTSIDE_SLOT_OF = {"production_status": {"period"}, "acquisition": {"period"}, "gross_margin": {"basis"}}
_FILLERS = {"the", "a", "an", "of", "in", "for", "and", "its", "global", "worldwide", "market", "total"}
# How many words must be shared: "ai-pc" is not "pc", "us" is not "latin-america".
_LEAST = {"market": 0.6, "region": 0.5, "baseline": 0.5}
_LEAST_OTHERWISE = 0.34
_LEAST_OF_TEXTS = 0.45  # one half of an interrupted quotation is enough, a word of it is not

_SAME_UNIT = {
    "people": "person", "employee": "person", "inch": "in", "inche": "in", "hour": "h", "minute": "min", "cel": "c",
    "celsius": "c",
    "watt": "w", "gigabyte": "gb", "terabyte": "tb", "megawatt": "mw", "gigawatt": "gw", "kilowatt": "kw", "gram": "g",
    "kilogram": "kg", "ton": "tonne", "t": "tonne", "gbps": "gbit_per_s", "gbit/s": "gbit_per_s", "tbps": "tbit_per_s",
    "tbit/s": "tbit_per_s", "gb/s": "gb_per_s", "tb/s": "tb_per_s",
}  # fmt: skip
_BASE_UNIT = {
    "kw": ("w", 1e3), "mw": ("w", 1e6), "gw": ("w", 1e9), "tb": ("gb", 1e3), "pb": ("gb", 1e6), "kg": ("g", 1e3),
    "tonne": ("g", 1e6),
    "tb_per_s": ("gb_per_s", 1e3), "tbit_per_s": ("gbit_per_s", 1e3), "kwh": ("wh", 1e3),
    "min": ("s", 60.0), "h": ("s", 3600.0), "day": ("s", 86_400.0), "week": ("s", 604_800.0), "month": ("s", 2_629_800.0),
    "year": ("s", 31_557_600.0),
}  # fmt: skip
_COUNTS = {"", "unit", "count", "device"}


def matches(claim: Json, fact: Json) -> bool:
    """Whether `claim` is an instance of `fact`."""
    if claim["predicate"] != fact["predicate"] or _class(claim) != _class(fact) or not _same_ends(claim, fact):
        return False
    aliases = fact.get("qualifier_aliases") or {}
    return (_same_value(claim.get("value"), fact.get("value")) or _same_title(claim, fact)) and all(
        _same_qualifier(name, (claim.get("qualifiers") or {}).get(name), wanted, aliases.get(name, ()))
        for name, wanted in (fact.get("qualifiers") or {}).items()
        if wanted not in (None, "", {}) and name not in _OUTSIDE_SLOT | _OUTSIDE_SLOT_OF.get(fact["predicate"], set())
    )


def _class(fact: Json) -> str:
    modality = fact.get("modality") or "actual"
    return _CLASS.get(modality, modality)


def _same_ends(claim: Json, fact: Json) -> bool:
    ends = [(claim.get("subject"), claim.get("object"))]
    if fact["predicate"] == "partnership":
        ends.append((claim.get("object"), claim.get("subject")))
    return any(
        _same_entity(subject, fact["subject"], fact.get("subject_aliases"))
        and (fact.get("object") is None or _same_entity(other, fact["object"], fact.get("object_aliases")))
        for subject, other in ends
    )


def _same_entity(claimed: str | None, wanted: str, aliases: Iterable[str] | None) -> bool:
    return claimed is not None and _slug(claimed) in {_slug(name) for name in (wanted, *(aliases or ()))}


def _slug(key: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
    while (shorter := _COMPANY.sub("", slug)) not in {slug, ""}:
        slug = shorter
    return slug


def _same_value(claimed: Json | None, wanted: Json | None) -> bool:
    if not wanted:
        return True
    if not claimed or claimed["kind"] != wanted["kind"]:
        return False
    match wanted["kind"]:
        case "money":
            return bool(claimed["currency"] == wanted["currency"]) and _same_number(claimed, wanted)
        case "percent" | "ratio":
            return _same_number(claimed, wanted)
        case "quantity":
            have, want = _unit(claimed)[0], _unit(wanted)[0]
            return (have == want or have in _COUNTS or want in _COUNTS) and _same_number(_scaled(claimed), _scaled(wanted))
        case "period":
            return _same_period(claimed, wanted)
        case "duration":
            return _same_duration(claimed, wanted)
        case "status":
            return bool(claimed["state"] == wanted["state"])
        case _:
            return _shared(claimed.get("text"), wanted.get("text")) >= _LEAST_OF_TEXTS


def _same_number(claimed: Json, wanted: Json) -> bool:
    have, want = _figure(claimed), _figure(wanted)
    low, high = _number(wanted.get("low")), _number(wanted.get("high"))
    if have is None:
        if want is None:
            return _near(_number(claimed.get("low")), low) and _near(_number(claimed.get("high")), high)
        return _near(_number(claimed.get("low")), low if low is not None else want)
    slack = 0.0005 if wanted.get("modifier", "exact") == "exact" else 0.005
    if want is not None:
        if have == want or (want != 0 and abs(have - want) <= slack * abs(want)):
            return True
        if have * want < 0:
            return False
    return low is not None and high is not None and low <= have <= high


def _same_duration(claimed: Json, wanted: Json) -> bool:
    if all(side.get(end) is None for side in (claimed, wanted) for end in ("low", "high")):
        return _unit(claimed) == _unit(wanted)
    have, want = _scaled(claimed), _scaled(wanted)
    return _unit(claimed)[0] == _unit(wanted)[0] and _near(have["low"], want["low"]) and _near(have["high"], want["high"])


def _same_period(claimed: object, wanted: Json) -> bool:
    """An open end agrees with any day; at least one end must be known to both."""
    if not isinstance(claimed, Mapping):
        return False
    known = [(claimed[end], wanted[end]) for end in ("start", "end") if claimed.get(end) and wanted.get(end)]
    return bool(known) and all(abs((_day(have) - _day(want)).days) <= DAYS for have, want in known)


def _same_title(claim: Json, fact: Json) -> bool:
    """A role's title may name the division that the other side has in the qualifier `unit`."""
    if fact["predicate"] != "role":
        return False
    have, want = (
        f"{(side.get('value') or {}).get('text', '')} {(side.get('qualifiers') or {}).get('unit', '')}" for side in (claim, fact)
    )
    return _shared(have, want) >= _LEAST_OF_TEXTS


def _same_qualifier(name: str, have: object, wanted: object, aliases: Iterable[str]) -> bool:
    if have is None:
        return name == "region" and not _words(wanted)  # worldwide goes without saying
    if isinstance(wanted, Mapping):
        return _same_period(have, wanted)
    return any(_shared(have, accepted) >= _LEAST.get(name, _LEAST_OTHERWISE) for accepted in (wanted, *aliases))


def _shared(left: object, right: object) -> float:
    """The words both texts have, of all they have; 1 where neither has any."""
    a, b = _words(left), _words(right)
    return len(a & b) / len(a | b) if a and b else float(a == b)


def _words(text: object) -> set[str]:
    plain = str(text).lower().replace("_", " ")
    plain = re.sub(r"artificial[- ]intelligence", "ai", re.sub(r"personal computers?", "pc", plain))
    words = re.findall(r"\w+", plain)
    return {word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word for word in words} - _FILLERS


def _unit(value: Json) -> tuple[str, float]:
    """The unit's base unit, and the factor that leads there."""
    plain = str(value.get("unit") or "").lower().strip()
    if plain not in _SAME_UNIT and plain not in _BASE_UNIT:
        plain = re.sub(r"[^a-z0-9_]+", "", plain)
        plain = plain[:-1] if len(plain) > 2 and plain.endswith("s") and not plain.endswith("_s") else plain
    plain = _SAME_UNIT.get(plain, plain)
    return _BASE_UNIT.get(plain, (plain, 1.0))


def _scaled(value: Json) -> dict[str, Any]:
    factor = _unit(value)[1]
    figures = {name: _number(value.get(name)) for name in ("number", "low", "high")}
    return {**value, **{name: None if figure is None else figure * factor for name, figure in figures.items()}}


def _figure(value: Json) -> float | None:
    return _number(value.get("amount", value.get("number")))


def _number(figure: object) -> float | None:
    try:
        return None if figure is None else float(str(figure))
    except ValueError:
        return None


def _near(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return left is right
    return abs(left - right) <= 0.01 * max(abs(left), abs(right))


def _day(text: object) -> date:
    return date.fromisoformat(str(text)[:10])

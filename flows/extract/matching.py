"""When a claim says what a gold fact says: the tolerances an extractor is measured with.

Claims and gold facts are JSON objects of the export's form. Names match after slugging and without
a company's legal form, numbers within their interval, periods within days, words by their overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

Object = Mapping[str, Any]

_LEGAL_FORMS = ("-group", "-inc", "-corp", "-corporation", "-ltd", "-co", "-company", "-holdings", "-technologies", "-limited")
_CLASS = {"actual": "realised", "planned": "forward", "targeted": "forward", "rumoured": "rumoured", "denied": "denied"}
_OUTSIDE_SLOT = frozenset(["event", "by", "from", "until", "direction", "price", "converted", "note", "unit", "speakers"])
_OUTSIDE_SLOT_OF = {"production_status": {"period"}, "acquisition": {"period"}, "gross_margin": {"basis"}}
_LEAST_OVERLAP = {"market": 0.6, "region": 0.5, "segment": 0.34, "baseline": 0.5}
_USUAL_OVERLAP = 0.34
_TEXT_OVERLAP = 0.45
_DAYS = 6
_EMPTY_WORDS = frozenset(["the", "a", "an", "of", "in", "for", "and", "its", "global", "worldwide", "market", "total"])

_UNIT_WORDS = {
    "people": "person",
    "employee": "person",
    "inch": "in",
    "inche": "in",
    "hour": "h",
    "minute": "min",
    "cel": "c",
    "celsius": "c",
    "watt": "w",
    "gigabyte": "gb",
    "terabyte": "tb",
    "megawatt": "mw",
    "gigawatt": "gw",
    "kilowatt": "kw",
    "gram": "g",
    "kilogram": "kg",
    "ton": "tonne",
    "t": "tonne",
}
_RATES = {
    "gb/s": "gb_per_s",
    "tb/s": "tb_per_s",
    "gbps": "gbit_per_s",
    "gb_per_s": "gb_per_s",
    "tb_per_s": "tb_per_s",
    "gbit_per_s": "gbit_per_s",
    "gbit/s": "gbit_per_s",
    "tbps": "tbit_per_s",
    "tbit/s": "tbit_per_s",
    "tbit_per_s": "tbit_per_s",
}
_BASE = {
    "kw": ("w", 1e3),
    "mw": ("w", 1e6),
    "gw": ("w", 1e9),
    "tb": ("gb", 1e3),
    "pb": ("gb", 1e6),
    "kg": ("g", 1e3),
    "tonne": ("g", 1e6),
    "tb_per_s": ("gb_per_s", 1e3),
    "tbit_per_s": ("gbit_per_s", 1e3),
    "min": ("s", 60.0),
    "h": ("s", 3600.0),
    "day": ("s", 86400.0),
    "week": ("s", 604800.0),
    "month": ("s", 2629800.0),
    "year": ("s", 31557600.0),
    "kwh": ("wh", 1e3),
}
_ANY_UNIT = frozenset(["", "unit", "count", "device"])


def name_slug(key: object) -> str | None:
    """An entity's key as names are compared: a slug without a company's legal form."""
    if key is None:
        return None
    slug = re.sub(r"[^a-z0-9]+", "-", str(key).lower()).strip("-")
    while True:
        shorter = next((slug[: -len(form)] for form in _LEGAL_FORMS if slug.endswith(form) and len(slug) > len(form) + 1), None)
        if shorter is None:
            return slug
        slug = shorter


def _same_name(claimed: object, wanted: object, aliases: Iterable[object]) -> bool:
    return name_slug(claimed) in {name_slug(wanted), *(name_slug(alias) for alias in aliases or ())}


def _number(value: object) -> float | None:
    try:
        return None if value is None else float(str(value))
    except ValueError:
        return None


def _words(text: object) -> set[str]:
    plain = re.sub(r"artificial[- ]intelligence", "ai", str(text).lower().replace("_", " "))
    plain = re.sub(r"personal computers?", "pc", plain)
    singular = {
        word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word
        for word in re.findall(r"\w+", plain)
    }
    return singular - _EMPTY_WORDS


def _overlap(left: object, right: object, least: float = _USUAL_OVERLAP) -> bool:
    ours, theirs = _words(left), _words(right)
    if not ours or not theirs:
        return ours == theirs
    return len(ours & theirs) / len(ours | theirs) >= least


def _near_days(left: object, right: object) -> bool:
    try:
        return abs((date.fromisoformat(str(left)[:10]) - date.fromisoformat(str(right)[:10])).days) <= _DAYS
    except ValueError:
        return False


def same_period(claimed: object, wanted: object) -> bool:
    """Two periods agree where both have an end; an open end agrees with any, one shared end at least must agree."""
    if not isinstance(claimed, Mapping) or not isinstance(wanted, Mapping):
        return claimed == wanted
    both = [(claimed.get(end), wanted.get(end)) for end in ("start", "end") if claimed.get(end) and wanted.get(end)]
    return bool(both) and all(_near_days(ours, theirs) for ours, theirs in both)


def _close(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return left is right
    return left == right or abs(left - right) <= 0.01 * max(abs(left), abs(right))


def _same_number(claimed: Object, wanted: Object) -> bool:
    have, want = (_number(side.get("amount", side.get("number"))) for side in (claimed, wanted))
    low, high = _number(wanted.get("low")), _number(wanted.get("high"))
    if have is None:
        target = low if want is None or low is not None else want
        lows = _close(_number(claimed.get("low")), target)
        return lows and (want is not None or _close(_number(claimed.get("high")), high))
    if want is not None:
        slack = 0.0005 if wanted.get("modifier", "exact") == "exact" else 0.005
        if have == want or (want != 0 and abs(have - want) / abs(want) <= slack):
            return True
        if have * want < 0:
            return False
    return low is not None and high is not None and low <= have <= high


def _unit(value: Object) -> tuple[str, float]:
    plain = str(value.get("unit") or "").lower().strip()
    if plain in _RATES:
        return _BASE.get(_RATES[plain], (_RATES[plain], 1.0))
    word = re.sub(r"[^a-z0-9]+", "", plain)
    word = _UNIT_WORDS.get(word, word)
    if len(word) > 2 and word.endswith("s"):
        word = _UNIT_WORDS.get(word[:-1], word[:-1])
    return _BASE.get(word, (word, 1.0))


def _scaled(value: Object) -> dict[str, Any]:
    factor = _unit(value)[1]
    return {
        **value,
        **{name: figure * factor for name in ("number", "low", "high") if (figure := _number(value.get(name))) is not None},
    }


def same_value(claimed: Object | None, wanted: Object | None) -> bool:
    """Whether a claimed value is the gold one, by kind; no gold value agrees with any."""
    if not wanted:
        return True
    if not claimed or claimed.get("kind") != wanted.get("kind"):
        return False
    kind = wanted["kind"]
    if kind == "money":
        return claimed.get("currency") == wanted.get("currency") and _same_number(claimed, wanted)
    if kind in {"percent", "ratio"}:
        return _same_number(claimed, wanted)
    if kind == "quantity":
        ours, theirs = _unit(claimed)[0], _unit(wanted)[0]
        return (ours == theirs or ours in _ANY_UNIT or theirs in _ANY_UNIT) and _same_number(_scaled(claimed), _scaled(wanted))
    if kind == "period":
        return same_period(claimed, wanted)
    if kind == "duration":
        return _same_duration(claimed, wanted)
    if kind == "status":
        return bool(claimed.get("state") == wanted.get("state"))
    if kind == "text":
        return _overlap(claimed.get("text"), wanted.get("text"), _TEXT_OVERLAP)
    return claimed == wanted


def _same_duration(claimed: Object, wanted: Object) -> bool:
    if not any(_number(side.get(end)) is not None for side in (claimed, wanted) for end in ("number", "low", "high")):
        return _unit(claimed) == _unit(wanted)
    ours, theirs = _scaled(claimed), _scaled(wanted)
    ends_agree = all(_close(_number(ours.get(end)), _number(theirs.get(end))) for end in ("low", "high"))
    return _unit(claimed)[0] == _unit(wanted)[0] and ends_agree


def _same_qualifiers(predicate: str, claimed: Object, wanted: Object, aliases: Mapping[str, Sequence[object]]) -> bool:
    outside = _OUTSIDE_SLOT | _OUTSIDE_SLOT_OF.get(predicate, set())
    for name, want in wanted.items():
        if name in outside or want in (None, "", {}):
            continue
        have = claimed.get(name)
        if have is None:
            if name == "region" and not _words(want):  # worldwide goes without saying
                continue
            return False
        if isinstance(want, Mapping):
            if not same_period(have, want):
                return False
        elif not any(
            _overlap(have, accepted, _LEAST_OVERLAP.get(name, _USUAL_OVERLAP)) for accepted in (want, *aliases.get(name, ()))
        ):
            return False
    return True


def _same_title(claim: Object, fact: Object) -> bool:
    if fact["predicate"] != "role":
        return False
    have, want = (
        f"{(side.get('value') or {}).get('text', '')} {(side.get('qualifiers') or {}).get('unit', '')}" for side in (claim, fact)
    )
    return _overlap(have, want, _TEXT_OVERLAP)


def matches(claim: Object, fact: Object) -> bool:
    """Whether a claim states a gold fact: same predicate, names, class of modality, value and slot."""
    if claim.get("predicate") != fact["predicate"]:
        return False
    ends = [(claim.get("subject"), claim.get("object"))]
    if fact["predicate"] == "partnership":
        ends.append((claim.get("object"), claim.get("subject")))
    named = any(
        _same_name(subject, fact["subject"], fact.get("subject_aliases", ()))
        and (fact.get("object") is None or _same_name(other, fact["object"], fact.get("object_aliases", ())))
        for subject, other in ends
    )
    if not named or _CLASS.get(fact.get("modality") or "actual") != _CLASS.get(claim.get("modality") or "actual"):
        return False
    said = same_value(claim.get("value"), fact.get("value")) or _same_title(claim, fact)
    return said and _same_qualifiers(
        fact["predicate"], claim.get("qualifiers") or {}, fact.get("qualifiers") or {}, fact.get("qualifier_aliases") or {}
    )

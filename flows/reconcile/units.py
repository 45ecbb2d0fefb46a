"""Units that can be converted into one another, so that 1 GW and 1,000 MW are the same figure.

Only exact, everyday conversions: decimal prefixes, lengths, masses and times. A unit that stands
in no table is something counted (`gpu`, `unit`, `person`): all counted things share a dimension,
because what is counted is told by the slot.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

COUNTED = "count"

_PREFIXES = {"": 0, "k": 3, "m": 6, "g": 9, "t": 12, "p": 15, "e": 18}
_SCALED = {
    # unit as written → base, of quantities that take the prefixes kilo to exa
    **{f"{prefix}{unit}": (base, Decimal(10) ** power) for prefix, power in _PREFIXES.items() for unit, base in (
        ("w", "w"), ("wh", "wh"), ("hz", "hz"), ("flops", "flops"), ("bit", "bit"), ("byte", "byte"), ("ops", "ops"),
    )},
    **{f"{prefix}b": ("byte", Decimal(10) ** power) for prefix, power in _PREFIXES.items()},
    **{f"{prefix}bps": ("bit/s", Decimal(10) ** power) for prefix, power in _PREFIXES.items()},
    # lengths, in metres; an inch is 25.4 mm by definition
    "nm": ("m", Decimal("1e-9")), "um": ("m", Decimal("1e-6")), "mm": ("m", Decimal("0.001")), "cm": ("m", Decimal("0.01")),
    "m": ("m", Decimal(1)), "km": ("m", Decimal(1000)), "in": ("m", Decimal("0.0254")), "inch": ("m", Decimal("0.0254")),
    # masses, in grams; the avoirdupois pound is 453.59237 g by definition
    "mg": ("g", Decimal("0.001")), "g": ("g", Decimal(1)), "kg": ("g", Decimal(1000)), "tonne": ("g", Decimal(10) ** 6),
    "lb": ("g", Decimal("453.59237")), "oz": ("g", Decimal("28.349523125")),
    "mah": ("ah", Decimal("0.001")), "ah": ("ah", Decimal(1)),
    "v": ("v", Decimal(1)), "kv": ("v", Decimal(1000)), "c": ("c", Decimal(1)),
}  # fmt: skip
_SECONDS = {
    # a month is a twelfth of the Julian year of 365.25 days, so that 12 months are a year
    "ns": Decimal("1e-9"), "us": Decimal("1e-6"), "ms": Decimal("0.001"),
    "s": Decimal(1), "sec": Decimal(1), "second": Decimal(1), "min": Decimal(60), "minute": Decimal(60),
    "h": Decimal(3600), "hour": Decimal(3600), "day": Decimal(86_400), "week": Decimal(604_800),
    "month": Decimal(2_629_800), "quarter": Decimal(7_889_400), "year": Decimal(31_557_600), "decade": Decimal(315_576_000),
}  # fmt: skip


@lru_cache(maxsize=1024)
def base_unit(unit: str) -> tuple[str, Decimal]:
    """The dimension of a unit's slug and the factor that leads to it: `gw` is ("w", 10**9).

    Rates are written `gb_per_s` or `gb/s`; a counted thing is ("count", 1).
    """
    above, _, below = unit.strip().lower().replace("/", "_per_").partition("_per_")
    dimension, factor = _simple(above)
    if below:
        under, divisor = _simple(below)
        return f"{dimension}/{under}", factor / divisor
    return dimension, factor


def seconds(unit: str) -> Decimal | None:
    """How long a unit of time is; None for a word that is none."""
    return _SECONDS.get(unit) or _SECONDS.get(unit.removesuffix("s"))


def _simple(unit: str) -> tuple[str, Decimal]:
    for name in (unit, unit.removesuffix("s")):
        if name in _SCALED:
            return _SCALED[name]
        if name in _SECONDS:
            return "s", _SECONDS[name]
    return COUNTED, Decimal(1)

"""Units and currencies: what stands behind or before a number, and how it is normalised.

A measured amount is kept in one base unit a dimension (power in `w`, memory in `gb`, rates in
`gb_per_s` or `gbit_per_s`, mass in `kg`), so that "190 kW" and "0.19 MW" are the same number.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit's slug and the factor that leads there. `kind`: quantity, duration, percent, points, ratio or money."""

    slug: str
    factor: Decimal = Decimal(1)
    kind: str = "quantity"


def _unit(slug: str, factor: str = "1", kind: str = "quantity") -> Unit:
    return Unit(slug, Decimal(format(Decimal(factor), "f")), kind)  # 1000, not 1E+3


# Symbols whose case tells them apart ("Gb/s" from "GB/s", "g" from "5G"): matched as written.
SYMBOLS: dict[str, Unit] = {
    "W": _unit("w"), "kW": _unit("w", "1e3"), "KW": _unit("w", "1e3"), "MW": _unit("w", "1e6"), "GW": _unit("w", "1e9"), "TW": _unit("w", "1e12"),
    "kWh": _unit("wh", "1e3"), "KWh": _unit("wh", "1e3"), "MWh": _unit("wh", "1e6"), "GWh": _unit("wh", "1e9"), "TWh": _unit("wh", "1e12"),
    "Wh": _unit("wh"), "mAh": _unit("mah"), "V": _unit("v"), "MB": _unit("gb", "1e-3"), "GB": _unit("gb"), "TB": _unit("gb", "1e3"),
    "PB": _unit("gb", "1e6"), "EB": _unit("gb", "1e9"), "GiB": _unit("gb"), "TiB": _unit("gb", "1e3"),
    "MB/s": _unit("gb_per_s", "1e-3"), "GB/s": _unit("gb_per_s"), "TB/s": _unit("gb_per_s", "1e3"), "PB/s": _unit("gb_per_s", "1e6"),
    "GB/sec": _unit("gb_per_s"), "TB/sec": _unit("gb_per_s", "1e3"), "GBps": _unit("gb_per_s"), "TBps": _unit("gb_per_s", "1e3"),
    "GBs": _unit("gb"), "TBs": _unit("gb", "1e3"),
    "Mb/s": _unit("gbit_per_s", "1e-3"), "Gb/s": _unit("gbit_per_s"), "Tb/s": _unit("gbit_per_s", "1e3"),
    "Mbps": _unit("gbit_per_s", "1e-3"), "Gbps": _unit("gbit_per_s"), "Tbps": _unit("gbit_per_s", "1e3"),
    "Mbit/s": _unit("gbit_per_s", "1e-3"), "Gbit/s": _unit("gbit_per_s"), "Tbit/s": _unit("gbit_per_s", "1e3"),
    "MT/s": _unit("mt_per_s"), "Hz": _unit("hz"), "kHz": _unit("hz", "1e3"), "MHz": _unit("hz", "1e6"), "GHz": _unit("hz", "1e9"),
    "g": _unit("kg", "1e-3"), "kg": _unit("kg"), "t": _unit("kg", "1e3"), "lb": _unit("kg", "0.45359237"), "lbs": _unit("kg", "0.45359237"),
    "mm": _unit("mm"), "cm": _unit("mm", "10"), "km": _unit("km"), "nm": _unit("nm"), "in": _unit("in"), "ft": _unit("ft"),
    "TOPS": _unit("tops"), "POPS": _unit("tops", "1e3"), "FPS": _unit("fps"), "fps": _unit("fps"), "px": _unit("px"), "MP": _unit("px", "1e6"),
    "GFLOPS": _unit("flops", "1e9"), "TFLOPS": _unit("flops", "1e12"), "PFLOPS": _unit("flops", "1e15"), "EFLOPS": _unit("flops", "1e18"),
    "PF": _unit("flops", "1e15"), "EF": _unit("flops", "1e18"),
    "h": _unit("h", kind="duration"), "s": _unit("s", kind="duration"), "ms": _unit("s", "1e-3", "duration"),
    "min": _unit("min", kind="duration"), "°": _unit("c"), "°C": _unit("c"), "℃": _unit("c"), "°F": _unit("f"), "°c": _unit("c"),
    "x": _unit("", kind="ratio"), "X": _unit("", kind="ratio"), "×": _unit("", kind="ratio"), "sqm": _unit("m2"), "m²": _unit("m2"),
    "cd/m²": _unit("nit"), "dB": _unit("db"), "dBA": _unit("db"), "rpm": _unit("rpm"),
    "%": _unit("", kind="percent"), "％": _unit("", kind="percent"), "pc": _unit("", kind="percent"), "bps": _unit("", "0.01", "points"),
    "bp": _unit("", "0.01", "points"), "pp": _unit("", kind="points"), "ppt": _unit("", kind="points"), "ppts": _unit("", kind="points"),
    "pts": _unit("", kind="points"),
}  # fmt: skip

# Words, lower case; plurals are listed where they are not formed with a bare "s".
_WORDS: dict[str, Unit] = {
    "watt": _unit("w"), "kilowatt": _unit("w", "1e3"), "megawatt": _unit("w", "1e6"), "gigawatt": _unit("w", "1e9"), "terawatt": _unit("w", "1e12"),
    "watt-hour": _unit("wh"), "kilowatt-hour": _unit("wh", "1e3"), "megawatt-hour": _unit("wh", "1e6"), "gigawatt-hour": _unit("wh", "1e9"),
    "kw": _unit("w", "1e3"), "mw": _unit("w", "1e6"), "gw": _unit("w", "1e9"), "kwh": _unit("wh", "1e3"), "mwh": _unit("wh", "1e6"),
    "megabyte": _unit("gb", "1e-3"), "gigabyte": _unit("gb"), "terabyte": _unit("gb", "1e3"), "petabyte": _unit("gb", "1e6"),
    "exabyte": _unit("gb", "1e9"), "gb": _unit("gb"), "tb": _unit("gb", "1e3"), "mb": _unit("gb", "1e-3"), "pb": _unit("gb", "1e6"),
    "gigabit": _unit("gbit"), "terabit": _unit("gbit", "1e3"), "hertz": _unit("hz"), "megahertz": _unit("hz", "1e6"),
    "gigahertz": _unit("hz", "1e9"), "gram": _unit("kg", "1e-3"), "gramme": _unit("kg", "1e-3"), "kilogram": _unit("kg"), "kilo": _unit("kg"),
    "kilogramme": _unit("kg"), "tonne": _unit("kg", "1e3"), "ton": _unit("kg", "1e3"), "pound": _unit("kg", "0.45359237"),
    "millimetre": _unit("mm"), "millimeter": _unit("mm"), "centimetre": _unit("mm", "10"), "centimeter": _unit("mm", "10"),
    "nanometre": _unit("nm"), "nanometer": _unit("nm"), "kilometre": _unit("km"), "kilometer": _unit("km"), "mile": _unit("mi"),
    "metre": _unit("m"), "meter": _unit("m"), "foot": _unit("ft"), "feet": _unit("ft"), "inch": _unit("in"), "inches": _unit("in"), "acre": _unit("acre"),
    "hectare": _unit("ha"), "volt": _unit("v"), "nit": _unit("nit"), "lumen": _unit("lm"), "pixel": _unit("px"), "megapixel": _unit("px", "1e6"),
    "decibel": _unit("db"), "tops": _unit("tops"), "flops": _unit("flops"), "gigaflops": _unit("flops", "1e9"), "teraflops": _unit("flops", "1e12"),
    "petaflops": _unit("flops", "1e15"), "exaflops": _unit("flops", "1e18"), "teraflop": _unit("flops", "1e12"),
    "petaflop": _unit("flops", "1e15"), "exaflop": _unit("flops", "1e18"), "zettaflops": _unit("flops", "1e21"),
    "celsius": _unit("c"), "fahrenheit": _unit("f"), "degree": _unit("c"),
    "second": _unit("s", kind="duration"), "sec": _unit("s", kind="duration"), "millisecond": _unit("s", "1e-3", "duration"),
    "minute": _unit("min", kind="duration"), "min": _unit("min", kind="duration"), "hour": _unit("h", kind="duration"),
    "hr": _unit("h", kind="duration"), "day": _unit("day", kind="duration"), "night": _unit("day", kind="duration"),
    "week": _unit("week", kind="duration"), "fortnight": _unit("week", "2", "duration"), "month": _unit("month", kind="duration"),
    "quarter": _unit("month", "3", "duration"), "year": _unit("year", kind="duration"), "yr": _unit("year", kind="duration"),
    "decade": _unit("year", "10", "duration"), "percent": _unit("", kind="percent"), "pct": _unit("", kind="percent"),
    "fold": _unit("", kind="ratio"), "time": _unit("", kind="ratio"),
}  # fmt: skip

# What is counted: the head noun in the singular → the unit.
_NOUNS: dict[str, str] = {
    "gpu": "gpu", "accelerator": "gpu", "superchip": "superchip", "cpu": "cpu", "processor": "cpu", "dpu": "dpu", "npu": "npu", "core": "core",
    "rack": "rack", "unit": "unit", "machine": "unit", "pc": "unit", "handset": "unit", "phone": "unit", "smartphone": "unit", "notebook": "unit",
    "laptop": "unit", "desktop": "unit", "workstation": "unit", "tablet": "unit", "device": "unit", "server": "unit", "computer": "unit",
    "system": "unit", "chromebook": "unit", "console": "unit", "headset": "unit", "board": "unit", "chip": "unit", "vehicle": "unit", "car": "unit",
    "person": "person", "people": "person", "employee": "person", "staff": "person", "staffer": "person", "worker": "person", "job": "person",
    "post": "person", "role": "person", "position": "person", "layoff": "person", "redundancy": "person", "redundancies": "person",
    "engineer": "person", "developer": "person", "researcher": "person", "scientist": "person", "colleague": "person", "strong": "person",
    "headcount": "person", "child": "person", "children": "person", "men": "person", "women": "person", "associate": "person",
    "token": "token", "node": "node", "fte": "person", "personnel": "person", "recruit": "person", "hire": "person", "technician": "person",
}  # fmt: skip

NUMBERLESS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years", "decades"})


def _with_plurals(words: dict[str, Unit]) -> dict[str, Unit]:
    fixed = {"percent", "pct", "fold", "feet", "inches", "hertz", "celsius", "fahrenheit", "flops", "tops", "time", "foot", "inch"}
    plural = {f"{word}s": unit for word, unit in words.items() if word not in fixed and not word.endswith("s")}
    return words | plural | {"times": words["time"]}


WORDS = _with_plurals(_WORDS)
NOUNS = _NOUNS | {f"{noun}s": unit for noun, unit in _NOUNS.items() if not noun.endswith(("s", "people", "children", "men"))}

# Currency signs and codes that stand before a number, longest first in the pattern built of them.
PREFIXES: dict[str, str] = {
    "us$": "USD", "us $": "USD", "u.s.$": "USD", "u.s. $": "USD", "$": "USD", "hk$": "HKD", "hk $": "HKD", "nt$": "TWD", "nt $": "TWD",
    "r$": "BRL", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "s$": "SGD", "sg$": "SGD", "nz$": "NZD", "mx$": "MXN", "mop$": "MOP",
    "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "cn¥": "CNY", "jp¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "฿": "THB",
    "₫": "VND", "₱": "PHP", "zł": "PLN",
    "rmb": "CNY", "rs": "INR", "rs.": "INR", "fr": "CHF", "sfr": "CHF",
}  # fmt: skip
CODES = frozenset(
    "USD EUR GBP JPY CNY CNH HKD TWD KRW INR BRL AUD CAD SGD NZD MXN CHF SEK NOK DKK PLN CZK HUF RUB TRY ILS ZAR THB VND PHP IDR MYR AED SAR".split()
)
PREFIXES |= {code.lower(): ("CNY" if code == "CNH" else code) for code in CODES}

# Currency names behind a number; the second field is what one of them is worth in whole units.
SUFFIXES: dict[str, tuple[str, Decimal]] = {
    "dollar": ("USD", Decimal(1)), "us dollar": ("USD", Decimal(1)), "u.s. dollar": ("USD", Decimal(1)), "american dollar": ("USD", Decimal(1)),
    "hong kong dollar": ("HKD", Decimal(1)), "taiwan dollar": ("TWD", Decimal(1)), "new taiwan dollar": ("TWD", Decimal(1)),
    "nt dollar": ("TWD", Decimal(1)), "singapore dollar": ("SGD", Decimal(1)), "australian dollar": ("AUD", Decimal(1)),
    "canadian dollar": ("CAD", Decimal(1)), "euro": ("EUR", Decimal(1)), "pound": ("GBP", Decimal(1)), "pound sterling": ("GBP", Decimal(1)),
    "pounds sterling": ("GBP", Decimal(1)), "british pound": ("GBP", Decimal(1)), "yuan": ("CNY", Decimal(1)), "chinese yuan": ("CNY", Decimal(1)),
    "yuan renminbi": ("CNY", Decimal(1)), "renminbi": ("CNY", Decimal(1)), "rmb": ("CNY", Decimal(1)), "yen": ("JPY", Decimal(1)),
    "japanese yen": ("JPY", Decimal(1)), "rupee": ("INR", Decimal(1)), "indian rupee": ("INR", Decimal(1)), "won": ("KRW", Decimal(1)),
    "korean won": ("KRW", Decimal(1)), "south korean won": ("KRW", Decimal(1)), "franc": ("CHF", Decimal(1)), "swiss franc": ("CHF", Decimal(1)),
    "real": ("BRL", Decimal(1)), "reais": ("BRL", Decimal(1)), "brazilian real": ("BRL", Decimal(1)), "brazilian reais": ("BRL", Decimal(1)),
    "swedish krona": ("SEK", Decimal(1)), "swedish kronor": ("SEK", Decimal(1)), "norwegian krone": ("NOK", Decimal(1)),
    "norwegian kroner": ("NOK", Decimal(1)), "danish krone": ("DKK", Decimal(1)), "danish kroner": ("DKK", Decimal(1)),
    "zloty": ("PLN", Decimal(1)), "zlotys": ("PLN", Decimal(1)), "rouble": ("RUB", Decimal(1)), "ruble": ("RUB", Decimal(1)),
    "cent": ("USD", Decimal("0.01")), "us cent": ("USD", Decimal("0.01")), "u.s. cent": ("USD", Decimal("0.01")),
    "hong kong cent": ("HKD", Decimal("0.01")), "euro cent": ("EUR", Decimal("0.01")), "pence": ("GBP", Decimal("0.01")),
    "penny": ("GBP", Decimal("0.01")), "€": ("EUR", Decimal(1)), "£": ("GBP", Decimal(1)), "¥": ("JPY", Decimal(1)), "$": ("USD", Decimal(1)),
    "元": ("CNY", Decimal(1)), "元人民币": ("CNY", Decimal(1)), "人民币": ("CNY", Decimal(1)), "美元": ("USD", Decimal(1)), "港元": ("HKD", Decimal(1)),
    "港币": ("HKD", Decimal(1)), "欧元": ("EUR", Decimal(1)), "日元": ("JPY", Decimal(1)), "新台币": ("TWD", Decimal(1)), "英镑": ("GBP", Decimal(1)),
    "円": ("JPY", Decimal(1)),
}  # fmt: skip
SUFFIXES |= {f"{name}s": value for name, value in SUFFIXES.items() if name.isascii() and name.endswith(("dollar", "euro", "pound", "rupee", "franc", "cent", "rouble", "ruble"))}
SUFFIXES |= {code.lower(): (PREFIXES[code.lower()], Decimal(1)) for code in CODES}

HAN_UNITS: dict[str, Unit] = {
    "台": _unit("unit"), "部": _unit("unit"), "颗": _unit("unit"), "块": _unit("unit"), "片": _unit("unit"), "张": _unit("unit"), "人": _unit("person"),
    "名": _unit("person"), "倍": _unit("", kind="ratio"), "个百分点": _unit("", kind="points"), "周": _unit("week", kind="duration"),
    "个月": _unit("month", kind="duration"), "天": _unit("day", kind="duration"), "小时": _unit("h", kind="duration"),
    "英寸": _unit("in"), "瓦": _unit("w"), "千瓦": _unit("w", "1e3"), "兆瓦": _unit("w", "1e6"), "吉瓦": _unit("w", "1e9"),
}  # fmt: skip

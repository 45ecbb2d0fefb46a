"""Facts as plain sentences: what a fact is about (its label), and what it says (its value in words).

A predicate the tables below do not know is named by its title in the catalogue, so that one added
as data reads well at once. Nothing is said that the typed data does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.config import Catalogue, Predicate
from flows.digest.clean import QUOTE_LIMIT, clean
from flows.digest.names import Names
from flows.digest.numbers import Numbers
from flows.digest.periods import Periods
from storage.model import Modality
from storage.values import (
    Duration,
    Modifier,
    Money,
    Percent,
    Period,
    Qualifier,
    Quantity,
    Ratio,
    Status,
    Text,
    Value,
    decimal_text,
)

Qualifiers = Mapping[str, Qualifier]

# Labels that read better than the catalogue's titles. Qualifiers they do not name follow behind; one that is missing
# makes the title stand instead.
_LABELS: dict[str, str] = {
    "revenue_share": "Share of revenue from {category}",
    "market_share": "Share of the {market} market",
    "market_rank": "Rank in the {market} market",
    "share_price_change": "Share price",
    "headcount": "Employees",
    "investment": "Investment in {object}",
    "acquisition": "Acquisition of {object}",
    "partnership": "Partnership with {object}",
    "availability": "{milestone}",
    "production_status": "Production",
    "component": "Contains",
    "spec": "{measure}",
    "target": "Target for {measure}",
    "role": "Role at {object}",
    "statement": "Quotation",
}
_PLACE = re.compile(r"\{(\w+)\}")
_MILESTONES = {"delivery": "Deliveries", "sale": "On sale"}
# Qualifiers that belong to the value's words, not to the label.
# In the order they are said; the last three are said elsewhere or not at all.
_OF_VALUE = ("unit", "basis", "converted", "price", "event", "from", "until", "by", "speakers", "direction", "text", "kind")
_BASES = {"yoy": "year on year", "qoq": "quarter on quarter", "gaap": "GAAP", "adjusted": "adjusted"}
_STATES = {"mass_production": "in mass production"}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What words are made for: a slot, seen from the section it is told in."""

    subject: str
    predicate: str
    object: str | None
    qualifiers: Qualifiers
    modality: Modality = Modality.ACTUAL


class Words:
    """The words of one watchlist, catalogue and language."""

    def __init__(self, names: Names, catalogue: Catalogue, language: str = "en") -> None:
        self._names = names
        self._catalogue = catalogue
        self._numbers = Numbers(language)
        self._periods = Periods(language)
        self._grown = {predicate.of for predicate in catalogue.predicates if predicate.of}
        self._values: dict[str, Callable[[About, Value], str | None]] = {
            "component": self._component,
            "performance": self._performance,
            "price": self._price,
            "statement": lambda about, value: f"“{clean(value.text, QUOTE_LIMIT)}”" if isinstance(value, Text) else None,
        }

    def day(self, day: date) -> str:
        """A day in words."""
        return self._periods.day(day)

    def predicate(self, key: str) -> Predicate:
        """The catalogue's entry, or one made of the key alone."""
        found = self._catalogue.by_key.get(key)
        if found is not None:
            return found
        plain = re.sub(r"[^a-z0-9_]+", "_", key.lower()).strip("_0123456789") or "fact"
        return Predicate(key=plain, title=clean(key.replace("_", " ")).capitalize() or "Fact")

    def has_growth(self, key: str) -> bool:
        """Whether another predicate tells this one's growth, so that both read as one sentence."""
        return key in self._grown

    def label(self, about: About, denier: str | None = None) -> str:
        """What a fact is about: "Revenue, Intelligent Devices Group, first half of FY2025/26 (planned)"."""
        predicate = self.predicate(about.predicate)
        base = predicate.of or about.predicate
        shown = {name: self.qualifier(about, name, value) for name, value in about.qualifiers.items() if name not in _OF_VALUE}
        if about.predicate == "performance":  # its value names them
            shown = {name: text for name, text in shown.items() if name not in {"measure", "baseline"}}
        if about.object is not None:
            shown["object"] = self._names.name(about.object)
        chosen = _LABELS.get(base, "")
        if not set(_PLACE.findall(chosen)) <= shown.keys():
            chosen = ""
        used = {*_PLACE.findall(chosen), "object"}
        text = _PLACE.sub(lambda place: shown[place[1]], chosen) or self.predicate(base).title
        if about.object is not None and "{object}" not in chosen and not self._names_object(about):
            text = f"{text}, {shown['object']}"
        others = [name for name in shown if name not in used]
        others.sort(key=lambda name: (name == "period", predicate.slot.index(name) if name in predicate.slot else 99, name))
        text = ", ".join([text, *(shown[name] for name in others if shown[name])])
        return text[:1].upper() + text[1:] + self._modality(about, denier)

    def _names_object(self, about: About) -> bool:
        """Whether the value's words name the object, so that several objects can share one label."""
        predicate = self.predicate(about.predicate)
        return predicate.many and "text" not in predicate.values

    def _modality(self, about: About, denier: str | None) -> str:
        match about.modality:
            case Modality.PLANNED:
                return " (planned)"
            case Modality.TARGETED:
                return "" if about.predicate == "target" else " (aim)"
            case Modality.RUMOURED:
                return " (rumoured)"
            case Modality.DENIED:
                return f" (denied by {self._names.name(denier)})" if denier else " (denied)"
            case _:
                return ""

    def qualifier(self, about: About, name: str, value: Qualifier) -> str:
        """A qualifier in words."""
        if isinstance(value, str):
            if name == "milestone":
                return _MILESTONES.get(value, self._names.term(name, value))
            if name == "region" and value in {"global", "worldwide"}:
                return "worldwide"
            if name in {"segment", "product", "region"} and self._names.entity(value) is None:
                return self._names.title(value)
            if name == "baseline":
                return self._names.name(value)
            if name == "speakers":
                return " and ".join(self._names.name(key.strip()) for key in value.split(",") if key.strip())
            return self._names.term(name, value)
        if isinstance(value, Period):
            return self.period(about, value)
        return self._plain(about, value)

    def period(self, about: About, period: Period) -> str:
        """A period in words: reports by the company's fiscal calendar, everything else by the plain one where it fits."""
        predicate = self.predicate(about.predicate)
        reported = bool({"money", "percent"} & set(predicate.values)) and not {"market", "measure"} & set(predicate.slot)
        return self._periods.words(period, self._names.fiscal_calendar(about.subject), fiscal_first=reported)

    def value(self, about: About, value: Value | None) -> str:
        """What a fact says, in words, with the qualifiers that belong to the value."""
        return self.bare(about, value) + self.suffix(about)

    def earlier(self, about: About, value: Value, now: Value) -> str | None:
        """What a fact said before it said `now`, briefly: "over 40%"; None where both read alike."""
        text = self.bare(about, value)
        if text == self.bare(about, now):
            return None
        growth = isinstance(value, Percent) and isinstance(now, Percent) and self.predicate(about.predicate).shape == "growth"
        direction = text.split(" ", 1)[0]
        return text.removeprefix(f"{direction} ") if growth and self.bare(about, now).startswith(f"{direction} ") else text

    def bare(self, about: About, value: Value | None) -> str:
        """The value alone: "up 17.97%"."""
        special = self._values.get(about.predicate)
        text = special(about, value) if special and value is not None else None
        if text is None:
            text = self._no_value(about) if value is None else self._plain(about, value)
        return text

    def _no_value(self, about: About) -> str:
        if about.object is not None and self._names_object(about):
            return self._names.name(about.object)
        if "period" in self.predicate(about.predicate).values:
            return "date not stated"
        return "no figure given"

    def _plain(self, about: About, value: Value) -> str:
        match value:
            case Percent() if self.predicate(about.predicate).shape == "growth":
                return self._numbers.change(value)
            case Money() | Percent() | Ratio() | Quantity() | Duration():
                return self._numbers.words(value)
            case Period():
                return self.period(about, value)
            case Status():
                return _STATES.get(value.state, clean(value.state.replace("_", " ")))
            case Text():
                return clean(value.text)

    def suffix(self, about: About) -> str:
        """The qualifiers that belong to the value: " year on year", ", at CES 2026", ", by the end of 2028"."""
        text = ""
        for name in _OF_VALUE:
            value = about.qualifiers.get(name)
            if value is None:
                continue
            shown = self.qualifier(about, name, value)
            if name == "basis" and isinstance(value, str):
                basis = _BASES.get(value, shown)
                text += f" {basis}" if value in {"yoy", "qoq"} else f", {basis}"
            elif name == "event":
                text += f", at {shown}"
            elif name == "converted":
                text += f", which is {shown}"
            elif name == "price":
                text += f", for {shown}"
            elif name == "by":
                text += f", {shown}" if isinstance(value, Period) and value.start is None else f", due {shown}"
            elif name == "from":
                text += f", {shown}" if isinstance(value, Period) and value.end is None else f", from {shown}"
            elif name == "until":
                text += f", until {shown.removeprefix('by ')}"
            elif name == "unit":
                text += f", {shown}"
            elif name == "speakers":
                text += f", say {shown}"
        return text

    def _component(self, about: About, value: Value) -> str | None:
        if about.object is None:
            return None
        name = self._names.name(about.object)
        if isinstance(value, Quantity):
            if value.number is not None:
                return f"{self._numbers.hedged(value, self._numbers.large)} × {name}"
            return f"{name} ({self._numbers.words(value)})"
        return f"{self._plain(about, value)} {name}"

    def _performance(self, about: About, value: Value) -> str | None:
        if not isinstance(value, Ratio | Percent):
            return None
        sign = "x" if isinstance(value, Ratio) else "%"
        amount = self._numbers.hedged(value, lambda number: f"{self._numbers.plain(number)}{sign}")
        measure = self._of(about, "measure") or "performance"
        baseline = self._of(about, "baseline")
        direction = about.qualifiers.get("direction")
        if not isinstance(direction, str):
            return f"{amount} {measure}" + (f", compared with {baseline}" if baseline else "")
        return f"{amount} {clean(direction)} {measure}" + (f" than {baseline}" if baseline else "")

    def _price(self, about: About, value: Value) -> str | None:
        if isinstance(value, Money) and value.modifier is Modifier.AT_LEAST and value.number is not None:
            return f"from {self._numbers.currency(value.number, value.currency)}"
        return None

    def _of(self, about: About, name: str) -> str | None:
        value = about.qualifiers.get(name)
        return None if value is None else self.qualifier(about, name, value)

    def difference(self, about: About, before: Value | None, after: Value | None) -> str | None:
        """By how much a value moved: "+$1.2 billion, +3.2%", "+0.9 points", "3 months later"; None where none can be told."""
        match before, after:
            case Period(), Period():
                return self._periods.shift(before, after)
            case (Money() | Percent() | Quantity(), Money() | Percent() | Quantity()) if type(before) is type(after):
                old, new = before.number, after.number
                if old is None or new is None or not (old.is_finite() and new.is_finite()) or old == new:
                    return None
                if (getattr(before, "currency", ""), getattr(before, "unit", "")) != (
                    getattr(after, "currency", ""),
                    getattr(after, "unit", ""),
                ):
                    return None
                exact = before.modifier is after.modifier is Modifier.EXACT
                return ("" if exact else "about ") + self._step(after, new - old, old)
            case _:
                return None

    def _step(self, value: Money | Percent | Quantity, step: Decimal, old: Decimal) -> str:
        sign = "+" if step > 0 else "−"
        match value:
            case Percent():
                return f"{sign}{self._numbers.plain(abs(step))} points"
            case Money():
                amount = self._numbers.currency(abs(step), value.currency)
            case Quantity():
                if value.unit == "rank":
                    return f"{self._numbers.plain(abs(step))} {'down' if step > 0 else 'up'}"
                amount = self._numbers.measured(abs(step), value.unit)
        share = abs(step / old * 100).quantize(Decimal("0.1")) if old and abs(step / old) < 1000 else None
        return f"{sign}{amount}" + (f", {sign}{decimal_text(share)}%" if share else "")

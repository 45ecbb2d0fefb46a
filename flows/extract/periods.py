"""Which period a figure is about: the one beside it, the company's fiscal calendar, or the report it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.config.watchlist import Entity
from flows.extract import times
from flows.extract.parsed import Parsed
from flows.extract.spans import TimeMention
from storage.values import Period

POINTING = frozenset(["same", "year_earlier", "previous"])
_LENGTHS = {"quarter": (80, 100), "half": (170, 195), "year": (350, 380), "month": (27, 32), "months": (80, 280)}


@dataclass(slots=True)
class Reports:
    """The periods an article's figures have been about so far, by company."""

    entities: Mapping[str, Entity]
    published: date | None
    known: dict[str, list[tuple[int, Period]]] = field(default_factory=dict)  # company → (paragraph, period), in order

    def remember(self, company: str, paragraph: int, period: Period) -> None:
        """A figure of a company was about this period."""
        self.known.setdefault(company, []).append((paragraph, period))

    def current(self, company: str, paragraph: int, *, within: int = 1) -> Period | None:
        """The period of the company's last figure, if this paragraph or the one before had it."""
        for place, period in reversed(self.known.get(company, [])):
            if paragraph - place <= within:
                return period
        return None

    def matching(self, company: str, unit: str | None) -> Period | None:
        """The last period of a length: what "the quarter" or "the year" means."""
        length = _LENGTHS.get(unit or "")
        pool = self.known.get(company) or [one for many in self.known.values() for one in many]
        for _, period in reversed(pool):
            if length is None or (period.start and period.end and length[0] <= (period.end - period.start).days + 1 <= length[1]):
                return period
        return None

    def resolve(
        self, time: TimeMention, company: str | None, *, ahead: bool = False, fiscal: bool = True, report: Period | None = None
    ) -> Period | None:
        """The days of a time in a figure's clause; `report` is what "a year earlier" counts from."""
        if time.form in POINTING:
            base = report if time.form != "same" or time.year is not None else self.matching(company or "", time.unit) or report
            if base is None and company is not None:
                base = self.matching(company, time.unit)
            return times.against(time, base) if base is not None else None
        entity = self.entities.get(company or "")
        year_end = entity.fiscal_year_end if entity else None
        if time.fiscal is not None and (
            time.form == "fiscal"
            or (fiscal and year_end and time.fiscal.year is None and time.fiscal.ended is None and time.fiscal.part != "months")
        ):
            try:
                found = times.fiscal_period(time, year_end or "12-31", ahead=ahead)
            except ValueError:
                found = None
            if found is not None:
                return found
        return (time.ahead if ahead else None) or time.period


def shared_span(parsed: Parsed) -> TimeMention | None:
    """The quarter that closes "rose to 12% from 10% in the second quarter": it is the first amount's, not the second's."""
    tokens = parsed.line.tokens
    spans = [
        index
        for index, token in enumerate(tokens)
        if token.letter == "t" and parsed.line.time(token).form in {"quarter", "half", "fiscal"}
    ]
    if len(spans) != 1:
        return None
    place = spans[0]
    time = parsed.line.time(tokens[place])
    lows = [token.low for token in tokens[max(0, place - 4) : place]]
    if "in" not in lows and "for" not in lows and "during" not in lows:
        return None
    value = next((back for back in range(place - 1, max(0, place - 6), -1) if tokens[back].is_value), None)
    if value is None or tokens[value - 1].low != "from":
        return None
    anchor = time.fiscal.anchor if time.fiscal is not None else None
    old = anchor is not None and time.period is not None and time.period.end is not None and (anchor - time.period.end).days > 300
    return None if old else time


def before(period: Period, other: Period | None) -> bool:
    """Whether `other` ends right where `period` begins and is as long: the preceding quarter."""
    if other is None or period.start is None or period.end is None or other.start is None or other.end is None:
        return False
    near = abs((period.start - other.end).days - 1) <= 6
    return near and abs((period.end - period.start).days - (other.end - other.start).days) <= 8


def is_quarter(period: Period | None) -> bool:
    """Whether a period is about three months long."""
    return (
        period is not None
        and period.start is not None
        and period.end is not None
        and timedelta(80) <= period.end - period.start <= timedelta(100)
    )

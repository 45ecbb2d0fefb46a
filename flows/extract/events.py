"""Events with dates, by name: "CES 2026", "the 2026 Consumer Electronics Show", "at CES"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from flows.extract.folding import any_of, fold
from flows.extract.spans import Event
from flows.extract.stretches import Page, Stretch
from storage.values import Period

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_FAR = 250  # days: an event named without its year is one of this season, not any of its kind

Names = tuple[re.Pattern[str], dict[str, tuple[Event, ...]]]


@lru_cache(maxsize=64)
def _names(events: tuple[Event, ...]) -> Names | None:
    """A pattern of all names and what each may mean; a name with a year stands for its other spellings too."""
    names: dict[str, set[Event]] = {}
    for event in events:
        for name in event.names:
            spelled = fold(name)
            bare = " ".join(_YEAR.sub(" ", spelled).split())
            year = event.start.year
            for spelling in {spelled, f"{bare} {year}", f"{year} {bare}", f"{bare} ’{year % 100:02}", bare}:
                if len(spelling) > 2:
                    names.setdefault(spelling, set()).add(event)
    if not names:
        return None
    pattern = re.compile(rf"(?<!\w)(?:{any_of(names)})(?!\w)")
    return pattern, {name: tuple(sorted(found, key=lambda event: event.start)) for name, found in names.items()}


def find_events(page: Page, events: tuple[Event, ...]) -> list[Stretch]:
    """Events named in the text. A name without its year means the one nearest to the day of publication."""
    known = _names(events)
    if known is None:
        return []
    pattern, names = known
    found = []
    for match in pattern.finditer(page.low):
        event = _meant(page, match, names[match[0]])
        if event is not None:
            stretch = Stretch(start=match.start(), end=match.end(), form="event", event=event.key)
            found.append(stretch.at(Period(start=event.start, end=event.end)))
    return found


def _meant(page: Page, match: re.Match[str], candidates: tuple[Event, ...]) -> Event | None:
    name = page.text[match.start() : match.end()]
    if len(name) <= 5 and name.isalpha() and not name.isupper():
        return None  # "ces" in small letters may be anything
    if _YEAR.search(name) or "’" in name:
        return candidates[0]
    anchor: date | None = page.anchor
    if anchor is None:
        return candidates[0] if len(candidates) == 1 else None
    nearest = min(candidates, key=lambda event: abs((event.start - anchor).days))
    return nearest if abs((nearest.start - anchor).days) <= _FAR else None

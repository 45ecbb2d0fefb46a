"""Times as sources write them: RFC 3339, ISO dates, RFC 822."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def zone(name: str) -> tzinfo:
    """The time zone called `name`; UTC where there is none of that name (configuration is checked earlier)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def moment(text: str, timezone: str = "UTC") -> tuple[datetime, date] | None:
    """When `text` says: the instant in UTC and the day in the publisher's time zone; None if it is no time.

    A time without an offset is local to `timezone`; a bare date is that day's first instant there.
    Where `timezone` is plain UTC, a time's own offset tells the publisher's day.
    """
    text = text.strip()
    if day := _DAY.fullmatch(text):
        try:
            on = date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            return None
        return _utc(datetime.combine(on, time(), zone(timezone))), on
    found = _iso(text) or _rfc822(text)
    if found is None:
        return None
    try:
        if found.tzinfo is None:
            found = found.replace(tzinfo=zone(timezone))
        elif timezone != "UTC":
            found = found.astimezone(zone(timezone))
        return _utc(found), found.date()
    except (OverflowError, ValueError):
        return None


def day_in(when: datetime, timezone: str) -> date:
    """The calendar day of an instant in `timezone`."""
    return when.astimezone(zone(timezone)).date()


def _utc(when: datetime) -> datetime:
    return when.astimezone(UTC)


def _iso(text: str) -> datetime | None:
    if not text[:4].isdigit():
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

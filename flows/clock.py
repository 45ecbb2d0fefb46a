"""Points in time as people write them: RFC 3339 ("2026-01-07T09:00:00Z") or a date ("2026-01-07")."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_time(text: str) -> datetime:
    """The moment `text` names, aware and in UTC; a date alone is its midnight in UTC.

    ValueError, with the reason, for anything else; a time of day without an offset is refused
    because it would mean another moment on another machine.
    """
    text = text.strip()
    try:
        if _DATE.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"not a time: {text!r} (write 2026-01-07 or 2026-01-07T09:00:00Z)") from error
    if moment.tzinfo is None:
        raise ValueError(f"no offset in {text!r} (write {text}Z for UTC, or {text}+02:00)")
    return moment.astimezone(UTC)


def time_text(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with a "Z", to the second where there is no finer part; None stays None."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")

"""Articles' own pages, where a feed gives only a summary, or a person an address."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.collect.fetch import Answer, Gate, shown
from flows.collect.robots import Robots
from flows.errors import FetchError
from storage.model import Entry

_LIMIT = 5_000_000  # bytes of one page
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")


class Pages:
    """Fetches pages through the gate where robots may."""

    def __init__(self, gate: Gate, robots: Robots) -> None:
        self._gate = gate
        self._robots = robots

    async def fetch(self, url: str, *, source: str) -> str:
        """The markup of the page at `url`; FetchError where there is none to have."""
        if not await self._robots.allow(url, source=source):
            raise FetchError(source, f"robots.txt does not allow {shown(url)}")
        answer = await self._gate.get(url, source=source, max_bytes=_LIMIT)
        if not 200 <= answer.status < 300:
            raise FetchError(source, f"HTTP {answer.status} for {shown(url)}")
        kind = answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
        if kind not in _HTML:
            raise FetchError(source, f"{shown(url)} is {kind[:60]}, no page")
        return decoded(answer)

    async def full(self, entry: Entry) -> tuple[Entry, str | None]:
        """The entry with its page for a body, or as it is with the reason why."""
        try:
            markup = await self.fetch(entry.url, source=entry.source)
        except FetchError as error:
            return entry, error.problem
        return replace(entry, body=markup, media_type="text/html"), None


def decoded(answer: Answer) -> str:
    """A page's bytes as text: by its byte-order mark, its header, its own word, else UTF-8; never fails."""
    body = answer.body
    if body.startswith(b"\xef\xbb\xbf"):
        return body[3:].decode("utf-8", "replace")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    said = _CHARSET.search(answer.headers.get("content-type", ""))
    declared = _META.search(body, 0, 4_096)
    for encoding in (said[1] if said else "", declared[1].decode("ascii", "replace") if declared else "", "utf-8"):
        try:
            return body.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return body.decode("windows-1252", "replace")

"""robots.txt: asked before an article's page is fetched. Feeds are made for robots and need no asking."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from protego import Protego

from flows.collect.fetch import Gate
from flows.errors import FetchError

_LIMIT = 500_000  # bytes; RFC 9309 asks for at least this much to be read


class Robots:
    """The rules of the hosts met in one run, each fetched once."""

    def __init__(self, gate: Gate, agent: str) -> None:
        self._gate = gate
        self._agent = agent.partition("/")[0]
        self._rules: dict[str, asyncio.Task[Protego | None]] = {}

    async def allow(self, url: str, *, source: str) -> bool:
        """Whether `url` may be fetched. Without a robots.txt all may be; where it cannot be had, nothing (RFC 9309)."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._fetch(origin, source))
        rules = await asyncio.shield(self._rules[origin])
        return rules is not None and bool(rules.can_fetch(url, self._agent))

    async def _fetch(self, origin: str, source: str) -> Protego | None:
        try:
            answer = await self._gate.get(f"{origin}/robots.txt", source=source, max_bytes=_LIMIT)
        except FetchError:
            return None
        if answer.status < 300:
            return Protego.parse(answer.body.decode("utf-8", "replace"))
        return Protego.parse("") if 400 <= answer.status < 500 else None

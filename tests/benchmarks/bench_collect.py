"""Collecting: feeds against bare feedparser, and polling a local server cold and with 304s. Run as a script."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from time import perf_counter, process_time

import feedparser
from aiohttp import ClientSession, web

from flows.collect import Collected, FetchOptions, collect
from flows.collect.feeds import parse
from storage.model import Entry, FetchState, Source

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = [
    "revenue", "profit", "platform", "server", "rack", "quarter", "customer", "plant", "chip", "laptop", "cloud", "partner",
    "market", "share", "memory", "cooling",
]  # fmt: skip
FEEDS = 100


def feed(number: int, entries: int = 30) -> bytes:
    """An RSS feed with full texts of about 2.5 kB an entry."""
    rng = random.Random(number)
    link = "&lt;a href='/x'&gt;more&lt;/a&gt;"
    items = []
    for at in range(entries):
        paragraphs = "".join(f"&lt;p&gt;{' '.join(rng.choices(WORDS, k=60))}. {link}&lt;/p&gt;" for _ in range(6))
        url = f"http://x.example/{number}/{at}"
        items.append(
            f"<item><title>News {number}.{at}</title><link>{url}</link><guid>{url}</guid>"
            f"<pubDate>Sun, 01 Mar 2026 {at % 24:02}:00:00 GMT</pubDate><description>{paragraphs}</description></item>"
        )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{"".join(items)}</channel></rss>'.encode()


def parsing() -> None:
    """Print how the adapter compares with feedparser alone, as it comes and with its sanitiser off."""
    bodies = [feed(number) for number in range(10)]
    source = Source(name="x", title="x", url="http://x.example/feed")

    def each(work: Callable[[bytes], object]) -> float:
        best = float("inf")
        for _ in range(5):
            start = process_time()
            for body in bodies:
                work(body)
            best = min(best, process_time() - start)
        return best / len(bodies)

    default = each(lambda body: feedparser.parse(BytesIO(body)))
    floor = each(lambda body: feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False))
    ours = each(lambda body: parse(body, source, url=source.url, now=NOW))
    print(f"a feed of 30 full texts ({len(bodies[0]) / 1000:.0f} kB): {ours * 1e3:.1f} ms")
    print(f"  {ours / floor:.2f} times bare feedparser without its sanitiser ({floor * 1e3:.1f} ms)")
    print(f"  {default / ours:.1f} times as fast as feedparser as it comes ({default * 1e3:.1f} ms)")


async def polling() -> None:
    """Print a cold cycle and one of 304s over local feeds, beside fetching the same bodies and nothing else."""
    bodies = {f"/{number}": feed(number) for number in range(FEEDS)}

    async def serve(request: web.BaseRequest) -> web.Response:
        etag = f'"{request.path}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(body=bodies[request.path], headers={"ETag": etag})

    runner = web.ServerRunner(web.Server(serve))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    sources = [Source(name=path.strip("/"), title=path, url=base + path, full_text="feed") for path in bodies]

    async def cycle(states: Mapping[str, FetchState]) -> tuple[dict[str, Collected], float, float]:
        wall, cpu = perf_counter(), process_time()
        options = FetchOptions(allow_private_hosts=frozenset({"127.0.0.1"}))
        got = {one.source.name: one async for one in collect(sources, states, options=options, now=NOW, known=nothing_known)}
        return got, perf_counter() - wall, process_time() - cpu

    start = perf_counter()
    async with ClientSession() as session:
        for path in bodies:
            async with session.get(base + path) as response:
                await response.read()
    floor = perf_counter() - start
    got, cold, cold_cpu = await cycle({})
    _, steady, steady_cpu = await cycle({name: one.state for name, one in got.items()})
    await runner.cleanup()
    entries = sum(len(one.entries) for one in got.values())
    print(f"{FEEDS} feeds, {entries} entries, cold: {cold:.2f} s ({cold_cpu:.2f} s CPU with the server's part)")
    print(f"  the same, all unchanged: {steady:.2f} s ({steady_cpu:.2f} s CPU); fetching alone: {floor:.2f} s")


def nothing_known(_source: Source, _entries: Sequence[Entry]) -> set[str]:
    """Every entry is new."""
    return set()


if __name__ == "__main__":
    parsing()
    asyncio.run(polling())

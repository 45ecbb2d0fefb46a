from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from flows.collect import Collected, FetchOptions, collect, due
from flows.collect.polling import MOST_PAGES, retry_after
from storage.model import Entry, FetchState, Source, SourceKind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG = "Lenovo said on Monday that it had shipped more racks than ever. " * 20
PAGE = f"<!doctype html><html><head><title>t</title></head><body><article><p>{LONG}</p></article></body></html>"


def rss(*items: tuple[str, str]) -> str:
    body = "".join(
        f"<item><title>{link}</title><link>{link}</link><description>{text}</description></item>" for link, text in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{body}</channel></rss>'


def atom(*items: tuple[str, str]) -> str:
    body = "".join(
        f'<entry><id>{link}</id><title>{link}</title><link href="{link}"/><content>{text}</content></entry>'
        for link, text in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{body}</feed>'


def source(site, path: str, **fields: object) -> Source:
    return Source(**{"name": path.strip("/"), "title": path, "url": f"{site.base}{path}", "full_text": "feed"} | fields)


def poll(
    sources: Sequence[Source],
    states: Mapping[str, FetchState] | None = None,
    *,
    now: datetime = NOW,
    known: frozenset[str] = frozenset(),
    private: bool = True,
) -> dict[str, Collected]:
    options = FetchOptions(allow_private_hosts=frozenset({"127.0.0.1"}) if private else frozenset(), timeout_s=5)

    def there(_source: Source, entries: Sequence[Entry]) -> set[str]:
        return {entry.url for entry in entries} & known

    async def run() -> dict[str, Collected]:
        return {got.source.name: got async for got in collect(sources, states or {}, options=options, now=now, known=there)}

    return asyncio.run(run())


def conditional(body: str, etag: str, modified: str | None = None):
    async def handler(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(text=body, headers={"ETag": etag} | ({"Last-Modified": modified} if modified else {}))

    return handler


def test_two_feeds_and_the_second_time_nothing_changed(site) -> None:
    site.routes["/rss"] = conditional(rss(("/1", LONG), ("/2", LONG)), "W/\"odd 'one'\"", "Sun, 01 Mar 2026 00:00:00 GMT")
    site.routes["/atom"] = conditional(atom((f"{site.base}/3", LONG)), '"b"')
    sources = [source(site, "/rss"), source(site, "/atom")]
    first = poll(sources)
    assert {name: len(got.entries) for name, got in first.items()} == {"rss": 2, "atom": 1}
    assert first["rss"].entries[0].url == f"{site.base}/1"
    state = first["rss"].state
    assert (state.status, state.entries, state.new, state.failures, state.succeeded_at) == (200, 2, 2, 0, NOW)

    second = poll(sources, {name: got.state for name, got in first.items()}, now=NOW + HOUR)
    assert {(got.state.status, got.entries, got.error) for got in second.values()} == {(304, (), None)}
    sent = [headers for path, headers in site.requests if path == "/rss"][1]
    assert sent["if-none-match"] == "W/\"odd 'one'\""
    assert sent["if-modified-since"] == "Sun, 01 Mar 2026 00:00:00 GMT"
    assert second["rss"].state.etag == state.etag
    assert second["rss"].state.checked_at == NOW + HOUR


def test_an_unchanged_body_is_not_parsed_again(site) -> None:
    site.say("/rss", rss(("/1", LONG)))
    feed = source(site, "/rss")
    first = poll([feed])["rss"]
    second = poll([feed], {"rss": first.state})["rss"]
    assert (second.entries, second.state.status, second.state.new) == ((), 200, 0)
    site.say("/rss", rss(("/1", LONG), ("/2", LONG)))
    assert len(poll([feed], {"rss": second.state})["rss"].entries) == 2


def test_validators_of_a_broken_feed_are_not_kept(site) -> None:
    site.say("/rss", "<html>down for maintenance</html>", ETag='"broken"')
    feed = source(site, "/rss")
    before = FetchState(source="rss", etag='"good"', failures=0)
    got = poll([feed], {"rss": before})["rss"]
    assert "a web page, no feed" in str(got.error)
    assert (got.state.etag, got.state.failures, got.state.checked_at) == ('"good"', 1, NOW)


def test_one_bad_source_never_stops_the_others(site) -> None:
    site.say("/good", rss(("/1", LONG)))
    site.say("/html", "<!doctype html><html></html>")
    site.say("/error", "oops", status=500)
    site.say("/inside", "", status=302, Location="http://169.254.169.254/latest")
    site.say("/bomb", b"\x1f\x8bnot gzip at all", Content_Encoding="gzip")
    sources = [source(site, path) for path in ("/html", "/error", "/inside", "/bomb", "/missing", "/good")]
    sources.append(source(site, "/nowhere", url="http://feeds.invalid/"))
    got = poll(sources)
    assert got["good"].error is None
    problems = {name: one.error.problem for name, one in got.items() if one.error}
    assert set(problems) == {"html", "error", "inside", "bomb", "missing", "nowhere"}
    assert problems["error"] == "HTTP 500 Internal Server Error"
    assert problems["missing"] == "HTTP 404 Not Found"
    assert "169.254.169.254 is not a public address" in problems["inside"]
    assert "does not resolve" in problems["nowhere"]
    assert all(got[name].state.error == problem for name, problem in problems.items())


def test_a_private_feed_needs_to_be_listed(site) -> None:
    site.say("/rss", rss(("/1", LONG)))
    assert "allow_private_hosts" in str(poll([source(site, "/rss")], private=False)["rss"].error)
    assert site.requests == []


def test_failures_put_the_next_try_off_linearly_and_success_forgets_them(site) -> None:
    feed = source(site, "/rss", every=HOUR)
    site.say("/rss", "", status=503)
    state, waits = FetchState(source="rss"), []
    for _ in range(3):
        state = poll([feed], {"rss": state})["rss"].state
        waits.append(state.retry_at - NOW)
    assert waits == [HOUR, 2 * HOUR, 3 * HOUR]
    assert state.failures == 3
    assert poll([feed], {"rss": replace(state, failures=500)})["rss"].state.retry_at == NOW + timedelta(days=1)
    site.say("/rss", rss(("/1", LONG)))
    state = poll([feed], {"rss": state})["rss"].state
    assert (state.failures, state.error, state.retry_at) == (0, None, None)


def test_a_server_that_asks_to_wait_is_waited_for(site) -> None:
    site.say("/rss", "", status=429, Retry_After="7200")
    state = poll([source(site, "/rss", every=timedelta(minutes=15))])["rss"].state
    assert state.retry_at == NOW + 2 * HOUR
    site.say("/rss", "", status=410)
    assert poll([source(site, "/rss")])["rss"].state.retry_at >= NOW + timedelta(days=30)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("9" * 40, timedelta(days=1)),
        (format_datetime(NOW + HOUR, usegmt=True), HOUR),
        (format_datetime(NOW - HOUR, usegmt=True), timedelta()),
        ("-5", timedelta()),
        ("soon", timedelta()),
        ("", timedelta()),
        ("١٢", timedelta()),
    ],
)
def test_retry_after(header: str, wait: timedelta) -> None:
    assert retry_after(header, NOW) == wait


def test_due() -> None:
    feed = Source(name="a", title="A", url="http://x.example", every=HOUR)
    checked = FetchState(source="a", checked_at=NOW)
    assert due(feed, None, NOW)
    assert not due(feed, checked, NOW + HOUR - timedelta(seconds=1))
    assert due(feed, checked, NOW + HOUR)
    assert not due(feed, replace(checked, retry_at=NOW + 3 * HOUR), NOW + 2 * HOUR)
    assert due(feed, replace(checked, retry_at=NOW + 3 * HOUR), NOW + 3 * HOUR)
    assert not due(replace(feed, enabled=False), None, NOW)
    assert not due(replace(feed, kind=SourceKind.MANUAL), None, NOW)


def test_pages_are_fetched_for_summaries_only_and_only_for_new_articles(site) -> None:
    site.say("/rss", rss(("/short", "A summary."), ("/long", LONG), ("/known", "Another summary.")))
    for path in ("/short", "/long", "/known"):
        site.say(path, PAGE, Content_Type="text/html; charset=utf-8")
    got = poll([source(site, "/rss", full_text="auto")], known=frozenset({f"{site.base}/known"}))["rss"]
    assert {entry.url.rpartition("/")[2]: "<article>" in entry.body for entry in got.entries} == {"short": True, "long": False}
    assert sorted(site.paths()) == ["/robots.txt", "/rss", "/short"]
    assert got.state.new == 2
    always = poll([source(site, "/rss", full_text="page")])["rss"]
    assert all("<article>" in entry.body for entry in always.entries)


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ((200, "User-agent: *\nDisallow: /short"), False),
        ((200, "User-agent: Deltawire\nDisallow: /"), False),
        ((200, "User-agent: other\nDisallow: /"), True),
        ((404, ""), True),
        ((500, ""), False),
    ],
)
def test_robots_are_asked_before_a_page_and_the_summary_is_kept_without_it(site, robots: tuple[int, str], allowed: bool) -> None:
    site.say("/robots.txt", robots[1], status=robots[0])
    site.say("/rss", rss(("/short", "A summary.")))
    site.say("/short", PAGE, Content_Type="text/html")
    got = poll([source(site, "/rss", full_text="auto")])["rss"]
    assert ("/short" in site.paths()) is allowed
    assert (got.entries[0].body == "A summary.") is not allowed
    assert ("robots.txt does not allow" in (got.note or "")) is not allowed


@pytest.mark.parametrize(("status", "kind"), [(404, "text/html"), (200, "application/pdf")])
def test_a_page_that_cannot_be_had_leaves_the_summary(site, status: int, kind: str) -> None:
    site.say("/rss", rss(("/short", "A summary.")))
    site.say("/short", "x", status=status, Content_Type=kind)
    got = poll([source(site, "/rss", full_text="auto")])["rss"]
    assert (got.entries[0].body, got.error) == ("A summary.", None)
    assert "1 of 1 pages not fetched" in got.note


def test_a_flood_of_new_articles_is_taken_in_several_runs(site) -> None:
    links = [f"/a{number}" for number in range(MOST_PAGES + 5)]
    site.say("/rss", rss(*((link, "A summary.") for link in links)), ETag='"all"')
    for link in links:
        site.say(link, PAGE, Content_Type="text/html")
    feed = source(site, "/rss", full_text="auto")
    first = poll([feed])["rss"]
    assert (len(first.entries), first.state.new, first.note) == (MOST_PAGES, MOST_PAGES, "5 new articles left for the next run")
    assert first.state.etag is None
    second = poll([feed], {"rss": first.state}, known=frozenset(entry.url for entry in first.entries))["rss"]
    assert {entry.url for entry in (*first.entries, *second.entries)} == {f"{site.base}{link}" for link in links}
    assert (second.state.etag, second.note) == ('"all"', None)


def test_what_the_caller_raises_is_not_a_sources_failure(site) -> None:
    site.say("/rss", rss(("/1", LONG)))

    def broken(_source: Source, _entries: Sequence[Entry]) -> set[str]:
        raise RuntimeError("the database is away")

    async def run() -> None:
        options = FetchOptions(allow_private_hosts=frozenset({"127.0.0.1"}))
        async for _ in collect([source(site, "/rss")], {}, options=options, now=NOW, known=broken):
            pass

    with pytest.raises(RuntimeError, match="the database is away"):
        asyncio.run(run())

from __future__ import annotations

import asyncio
import gzip
import socket

import brotli
import pytest
from aiohttp import web

from flows.collect.fetch import Answer, Gate
from flows.collect.options import FetchOptions
from flows.errors import FetchError

LOOPBACK = frozenset({"127.0.0.1"})


def get(url: str, *, allow: frozenset[str] = LOOPBACK, **options: object) -> Answer:
    async def run() -> Answer:
        async with Gate(FetchOptions(allow_private_hosts=allow, **options)) as gate:
            return await gate.get(url, source="test")

    return asyncio.run(run())


def test_a_body_its_headers_and_who_asked(site) -> None:
    site.say("/a", "hello", ETag='"x"')
    answer = get(f"{site.base}/a", contact="me@example.org")
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"x"')
    assert site.requests[0][1]["user-agent"] == "Deltawire/0.1 (+me@example.org)"


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_compressed_bodies_are_unpacked_within_the_limit(site, encoding: str, pack) -> None:
    site.say("/small", pack(b"x" * 1000), Content_Encoding=encoding)
    site.say("/bomb", pack(bytes(8_000_000)), Content_Encoding=encoding)
    assert get(f"{site.base}/small").body == b"x" * 1000
    with pytest.raises(FetchError, match="larger than 2 MB"):
        get(f"{site.base}/bomb", max_bytes=2_000_000)


def test_a_large_plain_body_is_refused(site) -> None:
    site.say("/large", bytes(300_000))
    with pytest.raises(FetchError, match="larger than"):
        get(f"{site.base}/large", max_bytes=200_000)


def test_redirects_are_followed_and_permanence_is_told(site) -> None:
    site.say("/old", status=301, Location="/older")
    site.say("/older", status=308, Location="/new")
    site.say("/temporary", status=302, Location="/old")
    site.say("/new", "here")
    moved, wandered, direct = (get(f"{site.base}{path}") for path in ("/old", "/temporary", "/new"))
    assert (moved.url, moved.body, moved.permanent) == (f"{site.base}/new", b"here", True)
    assert (wandered.body, wandered.permanent) == (b"here", False)
    assert not direct.permanent


def test_endless_redirects_end(site) -> None:
    site.say("/loop", status=302, Location="/loop")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        get(f"{site.base}/loop")


def test_private_addresses_are_refused_unless_listed(site) -> None:
    site.say("/a", "inside")
    with pytest.raises(FetchError, match=r"refused: 127\.0\.0\.1 is not a public address"):
        get(f"{site.base}/a", allow=frozenset())
    assert site.requests == []


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "0.0.0.0"]
)
def test_no_redirect_leads_inside_however_the_address_is_written(site, host: str) -> None:
    site.say("/out", status=302, Location=f"http://{host}:{site.port}/secret")
    site.say("/secret", "secret")
    with pytest.raises(FetchError):
        get(f"{site.base}/out")
    assert "/secret" not in site.paths()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "gopher://x", "javascript:alert(1)"])
def test_only_http_and_https_are_fetched(site, target: str) -> None:
    site.say("/out", status=302, Location=target)
    with pytest.raises(FetchError, match="only http and https"):
        get(f"{site.base}/out")


@pytest.mark.parametrize(
    "url", ["", "http://", "http://[::1", "http://a:b:c/", "feed.xml", "http://exa mple.org/", "http://" + "a" * 300]
)
def test_what_is_no_address_is_a_fetch_error_too(url: str) -> None:
    with pytest.raises(FetchError, match=r"^test: "):
        get(url)


def test_a_slow_body_ends_at_the_deadline(site) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(100):
            await response.write(b".")
            await asyncio.sleep(0.1)
        return response

    site.routes["/slow"] = drip
    with pytest.raises(FetchError, match=r"no complete answer within 0\.5 s"):
        get(f"{site.base}/slow", timeout_s=0.5)


def test_a_body_that_breaks_off_is_no_body(site) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"only this")
        request.transport.abort()
        return response

    site.routes["/cut"] = cut
    with pytest.raises(FetchError, match=r"breaks off|connection"):
        get(f"{site.base}/cut")


def test_http_errors_are_answers(site) -> None:
    site.say("/gone", "a long explanation", status=410)
    assert (get(f"{site.base}/gone").status, get(f"{site.base}/gone").body) == (410, b"")


def test_a_closed_port_is_said_to_be() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(FetchError, match="cannot connect: connection refused"):
        get(f"http://127.0.0.1:{port}/")


def test_a_name_that_does_not_resolve_is_said_in_a_few_words() -> None:
    with pytest.raises(FetchError, match=r"^test: cannot connect: feeds\.invalid does not resolve$"):
        get("http://feeds.invalid/rss")


def test_no_cookie_is_carried_along(site) -> None:
    site.say("/set", "", status=302, Location="/read", Set_Cookie="id=1")
    site.say("/read", "ok")
    get(f"{site.base}/set")
    assert "cookie" not in site.requests[-1][1]


def test_credentials_never_show_in_an_error(site) -> None:
    with pytest.raises(FetchError) as raised:
        get(f"http://user:hunter2@127.0.0.1:{site.port}/loop", max_bytes=1, timeout_s=0.0001)
    assert "hunter2" not in str(raised.value)


def test_at_most_two_requests_at_a_time_for_one_host(site) -> None:
    async def slowly(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.05)
        return web.Response(text="ok")

    site.routes["/page"] = slowly

    async def run() -> None:
        async with Gate(FetchOptions(allow_private_hosts=LOOPBACK)) as gate:
            await asyncio.gather(*(gate.get(f"{site.base}/page?{n}", source="test") for n in range(8)))

    asyncio.run(run())
    assert len(site.requests) == 8
    assert site.most_at_once == 2

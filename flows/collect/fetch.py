"""The one gate to the network. Whatever Deltawire fetches, it fetches through here."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin, urlsplit, urlunsplit

import aiohttp

from flows.collect.addresses import is_public
from flows.collect.decoding import ACCEPTED, Broken, TooLarge, body_for
from flows.collect.options import FetchOptions
from flows.collect.resolving import Resolver
from flows.errors import FetchError

CONNECT_S = 5.0
MAX_REDIRECTS = 5
PER_HOST = 2
_REDIRECTS = {301, 302, 303, 307, 308}
_MOVED = {301, 308}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said in the end. `headers` have lower-case names; `body` is decoded, and empty for an error.

    `permanent` tells that every redirect on the way was a permanent one, and that there was one.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    permanent: bool = False


class Gate:
    """Fetches over http and https within limits; an asynchronous context manager.

    It connects to public addresses only, checked where the connection is made, so that neither a
    name nor a redirect leads inside; hosts in `allow_private_hosts` are exempt. At most two requests
    run at a time for one host. No cookies, no environment proxies, no credentials carried along.
    """

    def __init__(self, options: FetchOptions) -> None:
        self._options = options
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._open_ends = asyncio.Semaphore(options.max_connections)
        self._hosts: dict[str, asyncio.Semaphore] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for session in self._sessions.values():
            await session.close()

    async def get(
        self, url: str, *, source: str, headers: Mapping[str, str] | None = None, max_bytes: int | None = None
    ) -> Answer:
        """The answer to a GET, redirects followed. HTTP errors are answers; FetchError where there is none.

        `source` names in errors whom the fetch was for. The deadline runs from the moment a
        connection is free for this request.
        """
        limit = min(max_bytes or self._options.max_bytes, self._options.max_bytes)
        self._session_for(url, source)  # refuses what is no address before it waits in line
        host = urlsplit(url).netloc.rpartition("@")[2].lower()
        async with self._hosts.setdefault(host, asyncio.Semaphore(PER_HOST)), self._open_ends:
            try:
                async with asyncio.timeout(self._options.timeout_s):
                    return await self._follow(url, source, dict(headers or {}), limit)
            except TimeoutError as error:
                raise FetchError(source, f"no complete answer within {self._options.timeout_s:g} s from {shown(url)}") from error

    async def post(self, url: str, body: bytes, *, source: str, headers: Mapping[str, str]) -> Answer:
        """The answer to a POST, its body included whatever the status; a redirect is an answer and not followed.

        Limits and errors are those of `get`.
        """
        session = self._session_for(url, source)
        host = urlsplit(url).netloc.rpartition("@")[2].lower()
        async with self._hosts.setdefault(host, asyncio.Semaphore(PER_HOST)), self._open_ends:
            try:
                async with (
                    asyncio.timeout(self._options.timeout_s),
                    session.post(url, data=body, headers=headers, allow_redirects=False, proxy=self._options.proxy) as response,
                ):
                    said = {name.lower(): value for name, value in response.headers.items()}
                    came = await _body(response, self._options.max_bytes)
                    return Answer(url=url, status=response.status, headers=said, body=came)
            except TimeoutError as error:
                raise FetchError(source, f"no complete answer within {self._options.timeout_s:g} s from {shown(url)}") from error
            except TooLarge as error:
                raise FetchError(source, f"the answer is larger than {self._options.max_bytes / 1e6:g} MB") from error
            except Broken as error:
                raise FetchError(source, f"the answer cannot be decoded: {error}") from error
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise FetchError(source, _problem(error, url)) from error

    async def _follow(self, url: str, source: str, headers: dict[str, str], limit: int) -> Answer:
        permanent = True
        for hop in range(MAX_REDIRECTS + 1):
            answer, location = await self._once(url, source, headers, limit)
            if location is None:
                return Answer(
                    url=url,
                    status=answer.status,
                    headers=answer.headers,
                    body=answer.body,
                    permanent=permanent and hop > 0,
                )
            permanent = permanent and answer.status in _MOVED
            try:
                url = urljoin(url, location)
            except ValueError as error:
                raise FetchError(source, f"redirected to no address: {location[:100]!r}") from error
        raise FetchError(source, f"more than {MAX_REDIRECTS} redirects, the last to {shown(url)}")

    async def _once(self, url: str, source: str, headers: dict[str, str], limit: int) -> tuple[Answer, str | None]:
        """One request: the answer, and where it redirects to."""
        session = self._session_for(url, source)
        try:
            async with session.get(url, headers=headers, allow_redirects=False, proxy=self._options.proxy) as response:
                said = {name.lower(): value for name, value in response.headers.items()}
                location = said.get("location") if response.status in _REDIRECTS else None
                body = await _body(response, limit) if location is None and response.status < 300 else b""
                return Answer(url=url, status=response.status, headers=said, body=body), location
        except TooLarge as error:
            raise FetchError(source, f"the answer from {shown(url)} is larger than {limit / 1e6:g} MB") from error
        except Broken as error:
            raise FetchError(source, f"the answer from {shown(url)} cannot be decoded: {error}") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(source, _problem(error, url)) from error

    def _session_for(self, url: str, source: str) -> aiohttp.ClientSession:
        """The guarded session, or the open one for hosts that may be private and for a proxy, which does its own guarding."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError as error:
            raise FetchError(source, f"not an address: {url[:100]!r}") from error
        if parts.scheme not in {"http", "https"} or not host:
            raise FetchError(source, f"only http and https are fetched, not {shown(url)[:100]!r}")
        allowed = host in self._options.allow_private_hosts
        if self._options.proxy and not allowed and _is_literal(host) and not is_public(host):
            raise FetchError(source, _not_public(host))
        is_open = allowed or self._options.proxy is not None
        if is_open not in self._sessions:
            self._sessions[is_open] = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    resolver=Resolver(),
                    limit=0,  # counted at the gate, before the deadline begins
                    ttl_dns_cache=300,
                    socket_factory=None if is_open else _guarded_socket,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._options.agent, "Accept-Encoding": ACCEPTED, "Accept": "*/*"},
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
                auto_decompress=False,
                trust_env=False,
            )
        return self._sessions[is_open]


async def _body(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """The decoded body; as many bytes are taken off the wire as may come out, and no more."""
    body = body_for(response.headers.get("Content-Encoding", ""), limit)
    received = 0
    async for chunk in response.content.iter_any():
        received += len(chunk)
        if received > limit:
            raise TooLarge
        body.feed(chunk)
    return body.finish()


class _NotPublic(OSError):
    pass


def _guarded_socket(address: tuple[int, int, int, str, tuple[str | int, ...]]) -> socket.socket:
    """A socket for an address that is out in the open: every connection of the guarded session begins here."""
    family, kind, proto, _, sockaddr = address
    if not is_public(str(sockaddr[0])):
        raise _NotPublic(_not_public(str(sockaddr[0])))
    return socket.socket(family=family, type=kind, proto=proto)


def _not_public(address: str) -> str:
    return f"refused: {address} is not a public address (allow_private_hosts lists exceptions)"


def _is_literal(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def shown(url: str) -> str:
    """A URL as it may be printed: without credentials."""
    try:
        parts = urlsplit(url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return "an address that is none"


_SAID = {
    errno.ECONNREFUSED: "connection refused",
    errno.ENETUNREACH: "network is unreachable",
    errno.EHOSTUNREACH: "host is unreachable",
    errno.ETIMEDOUT: "no answer",
    errno.ECONNRESET: "connection reset",
}


def _problem(error: Exception, url: str) -> str:
    """An error of the client's in the words of a source's row: short, and without what it may quote."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return f"cannot connect: {urlsplit(url).hostname} does not resolve"
        case aiohttp.ClientConnectorCertificateError():
            return "cannot connect: its certificate is not accepted"
        case aiohttp.ClientConnectorSSLError() | aiohttp.ClientSSLError():
            return "cannot connect: no TLS with it"
        case aiohttp.ClientConnectorError():
            if "not a public address" in str(error.os_error):
                return str(error.os_error)
            said = _SAID.get(error.os_error.errno or 0) or (error.os_error.strerror or "no connection").lower()
            return f"cannot connect: {said}"
        case aiohttp.ServerTimeoutError() | TimeoutError():
            return f"cannot connect: no answer within {CONNECT_S:g} s"
        case aiohttp.ServerDisconnectedError():
            return "the server closed the connection without an answer"
        case aiohttp.ClientPayloadError():
            return f"the answer from {shown(url)} breaks off"
        case aiohttp.InvalidURL():
            return f"not an address: {shown(url)[:100]!r}"
        case aiohttp.ClientResponseError():
            return f"no HTTP answer: {error.message}"
        case OSError():
            return f"connection lost: {_SAID.get(error.errno or 0) or type(error).__name__}"
        case _:
            return f"no usable answer ({type(error).__name__})"

"""Names to addresses, without ever holding up the end of a run."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading

from aiohttp.abc import AbstractResolver, ResolveResult

PATIENCE_S = 5.0
"""A name that takes longer is treated as one that does not resolve: offline runs must end in seconds."""


class Resolver(AbstractResolver):
    """The system's resolver, each question in a thread of its own that dies with the process.

    The event loop's thread pool would do, but has few threads on small machines and is waited for
    at the end: twenty names that time out would keep a run for minutes.
    """

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """The addresses of `host`; OSError where there are none, or none in time."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[ResolveResult]] = loop.create_future()
        threading.Thread(target=_look_up, args=(loop, answer, host, port, family), daemon=True, name=f"resolve {host}").start()
        try:
            return await asyncio.wait_for(answer, PATIENCE_S)
        except TimeoutError as error:
            raise OSError(f"no answer within {PATIENCE_S:.0f} s") from error

    async def close(self) -> None:
        """Nothing to close."""


def _look_up(
    loop: asyncio.AbstractEventLoop, answer: asyncio.Future[list[ResolveResult]], host: str, port: int, family: int
) -> None:
    found: list[ResolveResult] | OSError
    try:
        found = [
            ResolveResult(hostname=host, host=str(address[0]), port=port, family=kind, proto=proto, flags=socket.AI_NUMERICHOST)
            for kind, _, proto, _, address in socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        ]
    except OSError as error:
        found = error
    except UnicodeError as error:
        found = OSError(f"not a host name: {error}")
    with contextlib.suppress(RuntimeError):  # the loop ended before the name server answered
        loop.call_soon_threadsafe(_settle, answer, found)


def _settle(answer: asyncio.Future[list[ResolveResult]], found: list[ResolveResult] | OSError) -> None:
    if answer.done():
        return
    if isinstance(found, OSError):
        answer.set_exception(found)
    else:
        answer.set_result(found)

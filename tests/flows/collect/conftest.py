"""A real HTTP server on loopback that does as each test tells it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator

import pytest
from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """Routes by path, and every request that came."""

    def __init__(self) -> None:
        self.routes: dict[str, Handler] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.base = ""
        self.port = 0
        self.at_once = 0
        self.most_at_once = 0

    def say(self, path: str, body: str | bytes = "", *, status: int = 200, **headers: str) -> None:
        """Answer `path` with this, always; header names with _ for -."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def handler(_request: web.Request) -> web.Response:
            return web.Response(body=data, status=status, headers=named)

        self.routes[path] = handler

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.path_qs, {name.lower(): value for name, value in request.headers.items()}))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            handler = self.routes.get(request.path)
            return await handler(request) if handler else web.Response(status=404, text="nothing here")
        finally:
            self.at_once -= 1


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()

    async def run() -> None:
        server = web.Server(served.handle)
        runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await runner.setup()
        listening = web.TCPSite(runner, "127.0.0.1", 0)
        await listening.start()
        served.port = runner.addresses[0][1]
        served.base = f"http://127.0.0.1:{served.port}"
        ready.set()
        await stop.wait()
        await asyncio.sleep(0.05)  # connections just accepted get their transports, or nobody would close their sockets
        await runner.cleanup()
        await asyncio.sleep(0.05)  # and their transports get to close them

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    assert ready.wait(10)
    yield served
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()

"""An endpoint of our own on loopback: a real server that speaks the chat-completions protocol, well and badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Reply:
    """What the server does: an HTTP status, headers, a body, and how long it takes over it; or it hangs up."""

    content: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    delay: float = 0.0
    hang_up: bool = False
    usage: bool = True


@dataclass
class Server:
    """The server: `replies` are given in order, the last one again and again; `asked` is what it was asked."""

    url: str
    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def answers(self, *claims: dict[str, Any]) -> None:
        """From now on: these claims, as JSON that fits."""
        self.replies = [Reply(json.dumps({"claims": list(claims)}))]

    def next(self) -> Reply:
        """The reply whose turn it is."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@pytest.fixture(scope="session")
def reply() -> type[Reply]:
    """Makes what the server does."""
    return Reply


@pytest.fixture
def chat() -> Iterator[Server]:
    """A chat-completions endpoint on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            served.asked.append(asked | {"path": self.path})
            served.headers.append({name.lower(): value for name, value in self.headers.items()})
            reply = served.next()
            if reply.delay:
                served.released.wait(reply.delay)
            if reply.hang_up:
                self.close_connection = True
                return
            message = {"role": "assistant", "content": reply.content}
            usage = {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100}
            body = reply.raw if reply.raw is not None else json.dumps(
                {
                    "id": "1", "object": "chat.completion", "created": int(time.time()), "model": asked.get("model"),
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                } | ({"usage": usage} if reply.usage else {})
            ).encode()  # fmt: skip
            try:
                self.send_response(reply.status)
                for name, value in {"content-type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # whoever asked has lost patience: that is what is tried

        def log_message(self, *_: object) -> None:
            """Nothing: tests read what was asked."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Server(f"http://127.0.0.1:{http.server_port}/v1")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield served
    served.released.set()
    http.shutdown()
    http.server_close()
    thread.join()

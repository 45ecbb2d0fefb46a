"""An endpoint of our own on loopback: a real server that speaks the chat-completions protocol, well and badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from flows.collect.options import FetchOptions
from flows.config import Catalogue, Entity, EntityKind, Predicate, Watchlist
from flows.extract.engine import Extractor
from flows.extract.model.budget import Limits
from flows.extract.model.line import Pace
from flows.extract.model.reader import Endpoint, ModelReader
from storage.identity import article_id, revision_id
from storage.model import Article

NOW = datetime(2026, 1, 8, 9, tzinfo=UTC)
TEXT = (
    "Globex said on Wednesday that revenue in 2025 rose 12% to $5.4 billion. Initech, its rival, will ship the Anvil 9 in "
    "March 2026.\n\nGlobex named Ada Byron chief executive. “We are only at the start of a very long road,” said Ada Byron."
)


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
def server() -> Iterator[Server]:
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


CATALOGUE = Catalogue(
    predicates=(
        Predicate(key="revenue", title="revenue", subject=("org",), values=("money",), slot=("period", "segment")),
        Predicate(
            key="revenue_growth", title="revenue growth", subject=("org",), values=("percent",), slot=("period",), shape="growth",
            of="revenue",
        ),
        Predicate(key="availability", title="availability", subject=("product",), values=("period",), slot=("region",)),
        Predicate(key="role", title="role", subject=("person",), object=("org",), values=("text",), many=True),
        Predicate(key="statement", title="statement", subject=("person", "org"), values=("text",), slot=("text",), many=True),
        Predicate(
            key="acquisition", title="acquisition", subject=("org",), object=("org",), values=("status",),
            chains=(("announced", "completed"),),
        ),
    ),
    vocabularies={"region": {"europe": ("europe",)}},
)  # fmt: skip
WATCHLIST = Watchlist(
    entities=(
        Entity(key="globex", name="Globex", kind=EntityKind.ORG),
        Entity(key="initech", name="Initech", kind=EntityKind.ORG),
        Entity(key="anvil-9", name="Anvil 9", kind=EntityKind.PRODUCT, maker="initech"),
        Entity(key="ada-byron", name="Ada Byron", kind=EntityKind.PERSON),
    )
)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """A small catalogue."""
    return CATALOGUE


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The rules for it."""
    return Extractor(WATCHLIST, CATALOGUE)


@pytest.fixture
def article() -> Article:
    """A text about companies of nobody's."""
    return make_article(TEXT)


@pytest.fixture(scope="session")
def write() -> Callable[[str], Article]:
    """Makes an article of a text."""
    return make_article


def make_article(text: str) -> Article:
    id_ = article_id("https://news.example/globex")
    return Article(
        id=id_, revision=revision_id(id_, text), url="https://news.example/globex", source="desk", publisher="desk",
        title="Globex", text=text, language="en", published=NOW, published_on=date(2026, 1, 8), seen_at=NOW,
    )  # fmt: skip


Open = Callable[..., ModelReader]


@pytest.fixture
def open_reader(server: Server, tmp_path: Path) -> Open:
    """Makes a reader that asks the server; each call is a run of its own over the same folder."""

    def make(
        *, limits: Limits | None = None, pace: Pace | None = None, hosts: frozenset[str] = frozenset({"127.0.0.1"}),
        timeout: float = 20.0, url: str | None = None, model: str = "parrot", today: date | None = None,
        catalogue: Catalogue = CATALOGUE,
    ) -> ModelReader:  # fmt: skip
        endpoint = Endpoint(
            base_url=url or server.url, model=model, api_key="sk-secret", limits=limits or Limits(),
            pace=pace or Pace(attempts=3, pause_s=0.001, per_minute=100_000),
        )  # fmt: skip
        options = FetchOptions(allow_private_hosts=hosts, timeout_s=timeout)
        return ModelReader(endpoint, catalogue, options, tmp_path / "cache", today or NOW.date())

    return make

"""A home of its own, the command as a user runs it, and a server with two feeds."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

Deltawire = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def deltawire(root: Path) -> Deltawire:
    """Runs `deltawire --home HOME …` as its own process, with nothing of ours or Prefect's in its environment."""

    def run(home: Path, *arguments: str | Path, stdin: str | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("DELTAWIRE_", "PREFECT_"))}
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", "--home", str(home), *map(str, arguments)],
            cwd=root,
            env=clean | {"NO_PROXY": "*", "no_proxy": "*"} | variables,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=180,
            check=False,
        )

    return run


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Harbour Wire</title><link>http://HOST/</link><description>News</description>
<item><title>Lenovo names its first-half revenue</title><link>http://HOST/lenovo-half-year</link><guid>harbour-1</guid>
<pubDate>Wed, 07 Jan 2026 09:00:00 GMT</pubDate>
<description>&lt;p&gt;Lenovo said on Wednesday that revenue in the first half of fiscal 2025/26 was $39.28 billion,
up 17.97% from a year earlier. Net profit was $846 million. The company made the figures known in Hong Kong, where its
shares are listed, and said that demand for servers had been strong throughout.&lt;/p&gt;</description></item>
<item><title>A quiet day at the harbour</title><link>http://HOST/harbour</link><guid>harbour-2</guid>
<pubDate>Wed, 07 Jan 2026 08:00:00 GMT</pubDate>
<description>&lt;p&gt;Nothing of note happened at the harbour on Wednesday. Two ferries came in on time and one left
late, and the weather was fair until the evening, when it began to rain.&lt;/p&gt;</description></item>
</channel></rss>
"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Chip Notes</title><id>http://HOST/atom</id><updated>2026-01-07T10:00:00Z</updated>
<entry><title>Rubin enters mass production</title><id>chip-1</id><link href="http://HOST/rubin"/>
<published>2026-01-07T10:00:00Z</published><updated>2026-01-07T10:00:00Z</updated>
<content type="html">&lt;p&gt;Nvidia said the Vera Rubin platform has entered mass production. The company
expects to deliver it to customers in the second half of 2026. Each Vera Rubin NVL72 rack combines 72 Rubin GPUs and
36 Vera CPUs.&lt;/p&gt;</content></entry>
</feed>
"""

PAGE = """<!doctype html><html lang="en"><head><title>Lenovo opens a plant</title>
<meta property="article:published_time" content="2026-01-06T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/about">About us</a></nav>
<article><h1>Lenovo opens a plant</h1>
<p>Lenovo said on Tuesday that revenue in the first half of fiscal 2025/26 was $39.28 billion. The group opened
a plant for servers in Hungary on the same day, and showed visitors the lines on which racks are put together.</p>
<p>The plant stands on a field outside the town, next to the railway. It took two years to build, and a further one to
fill with machines, according to the mayor, who cut the ribbon in the rain.</p></article>
<footer>Cookies. Imprint.</footer></body></html>
"""


@dataclass
class Feeds:
    """The server: its address, and what it was asked and answered, in order."""

    address: str
    answers: list[tuple[str, int]] = field(default_factory=list)
    sent_back: list[tuple[str | None, str | None]] = field(default_factory=list)

    def statuses(self, path: str) -> list[int]:
        return [status for asked, status in self.answers if asked == path]


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    """Serves /rss.xml and /atom.xml with ETag and Last-Modified, 304 to whoever sends them back, 404 for all else."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            etag, modified = f'W/"{self.path}-1"', "Wed, 07 Jan 2026 10:00:00 GMT"
            body = {"/rss.xml": RSS, "/atom.xml": ATOM, "/page.html": PAGE}.get(self.path)
            asked = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
            status = 404 if body is None else 304 if asked[0] == etag else 200
            served.answers.append((self.path, status))
            if body is not None:
                served.sent_back.append(asked)
            content = (body or "not here").replace("HOST", self.headers["Host"]).encode() if status != 304 else b""
            self.send_response(status)
            kind = "text/html; charset=utf-8" if self.path.endswith(".html") else "application/xml"
            self.send_header("Content-Type", kind if body else "text/plain")
            if body is not None:
                self.send_header("ETag", etag)
                self.send_header("Last-Modified", modified)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Feeds(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()

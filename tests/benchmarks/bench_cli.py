"""What a command costs to start, against the least it must do; and a whole run, against importing Prefect.

The floor of a reading command is `import click, pydantic_settings, sqlalchemy`: the libraries it
stands on. The floor of a run is `import prefect`. Ratios are lower-is-better. Needs no network:
the one feed polled is served on loopback.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
TIMES = 7
FEED = b"""<rss version="2.0"><channel><title>Wire</title><item><title>Lenovo and Nvidia expand their partnership</title>
<link>http://127.0.0.1/1</link><guid>1</guid><pubDate>Wed, 07 Jan 2026 09:00:00 GMT</pubDate>
<description>Lenovo and Nvidia expanded their partnership this week, both companies said.</description></item></channel></rss>"""


class Feed(BaseHTTPRequestHandler):
    """One feed that has not changed for whoever knows it."""

    def do_GET(self) -> None:
        known = self.headers.get("If-None-Match") == '"1"'
        self.send_response(304 if known else 200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", "0" if known else str(len(FEED)))
        self.end_headers()
        self.wfile.write(b"" if known else FEED)

    def log_message(self, format: str, *args: object) -> None:
        pass


def seconds(*arguments: str, times: int = TIMES, status: int = 0) -> float:
    """The median wall-clock time of a Python process."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DELTAWIRE_", "PREFECT_"))}
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        ended = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=clean, capture_output=True, check=False)
        taken.append(time.perf_counter() - begun)
        if ended.returncode != status:
            raise SystemExit(f"{arguments}: {ended.stderr.decode()}")
    return median(taken)


def main() -> None:
    """Print the table."""
    reading = seconds("-c", "import click, pydantic_settings, sqlalchemy")
    engine = seconds("-c", "import prefect", times=3)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = f"http://127.0.0.1:{server.server_address[1]}/feed"
        (home / "sources.yaml").write_text(f"sources:\n  - {{name: wire, url: '{url}', full_text: feed}}\n", encoding="utf-8")
        (home / "deltawire.toml").write_text('allow_private_hosts = ["127.0.0.1"]\n', encoding="utf-8")
        command = ("-m", "flows.cli", "--home", folder)
        print(f"{'':34}{'seconds':>9}{'x floor':>9}")
        print(f"{'floor of reading commands':34}{reading:9.3f}{1:9.2f}")
        print(f"{'floor of a run: import prefect':34}{engine:9.3f}{1:9.2f}")

        def row(name: str, taken: float, floor: float) -> None:
            print(f"{name:34}{taken:9.3f}{taken / floor:9.2f}")

        row("run, first (makes both databases)", seconds(*command, "run", "--now", "2026-01-08", times=1), engine)
        row("run, nothing due", seconds(*command, "run", "--now", "2026-01-08T00:30:00Z"), reading)
        row("run, a feed due and unchanged", seconds(*command, "run", "--all", "--now", "2026-01-08T00:30:00Z", times=3), engine)
        for arguments in (
            ("--help",),
            ("facts",),
            ("facts", "--format", "jsonl"),
            ("changes",),
            ("articles",),
            ("sources", "list"),
        ):
            row(" ".join(arguments), seconds(*command, *arguments), reading)
    server.shutdown()


if __name__ == "__main__":
    main()

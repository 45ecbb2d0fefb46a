"""Documents and addresses given by hand, as a user gives them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path


def test_an_address_is_fetched_through_the_gate(tmp_path: Path, deltawire, feeds) -> None:
    page = f"{feeds.address}/page.html"
    refused = deltawire(tmp_path / "home", "ingest", page)
    assert refused.returncode == 1
    assert page in refused.stderr
    assert feeds.answers == []
    ran = deltawire(
        tmp_path / "home",
        "ingest",
        page,
        f"{feeds.address}/nothing",
        DELTAWIRE_ALLOW_PRIVATE_HOSTS="127.0.0.1",
        DELTAWIRE_NOW="2026-01-08",
    )
    assert ran.returncode == 3, ran.stderr
    assert "/nothing: HTTP 404" in ran.stderr
    (article,) = json.loads(deltawire(tmp_path / "home", "articles", "--format", "json").stdout)
    assert (article["url"], article["title"]) == (page, "Lenovo opens a plant")
    assert article["published"] == "2026-01-06T08:00:00Z"
    text = deltawire(tmp_path / "home", "article", page).stdout
    assert "$39.28 billion" in text
    assert "Cookies" not in text


def test_a_title_cannot_control_a_terminal(tmp_path: Path, root: Path, deltawire) -> None:
    piece = tmp_path / "piece.md"
    piece.write_text('---\ntitle: "Gone\\e[2J\\x9b31m\\u202egniht"\n---\nLenovo said so.\n', encoding="utf-8")
    assert deltawire(tmp_path / "home", "ingest", piece).returncode == 0
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "--home", str(tmp_path / "home"), "articles"],
        cwd=root,
        env=os.environ | {"NO_COLOR": "1", "TERM": "xterm", "COLUMNS": "200"},
        stdout=side,
        stderr=side,
    )
    process.wait(timeout=60)
    os.close(side)
    shown = os.read(main, 100_000).decode()
    os.close(main)
    assert "Gone" in shown
    assert not {"\x1b[2J", "\x9b", "\u202e"} & {shown[i : i + n] for n in (1, 4) for i in range(len(shown))}

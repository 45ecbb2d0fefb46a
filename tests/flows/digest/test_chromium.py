"""The page in a real browser: it paints, in both colour schemes, and complains of nothing."""

from __future__ import annotations

import os
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from flows.digest.document import Document
from flows.digest.render import render

CHROMIUM = os.environ.get("DELTAWIRE_TEST_CHROMIUM")


def _shades(png: bytes) -> set[bytes]:
    """The distinct pixels of every tenth line of a PNG without interlacing."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    size = {2: 3, 6: 4}[colour]
    assert depth == 8
    place, packed = 8, b""
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            packed += png[place + 8 : place + 8 + length]
        place += length + 12
    raw, line, before, found = zlib.decompress(packed), width * size, bytes(width * size), set()
    for row in range(height):
        kind, data = raw[row * (line + 1)], bytearray(raw[row * (line + 1) + 1 : (row + 1) * (line + 1)])
        for at in range(line):
            left = data[at - size] if at >= size else 0
            up, corner = before[at], before[at - size] if at >= size else 0
            data[at] = (data[at] + _predicted(kind, left, up, corner)) & 255
        before = bytes(data)
        if row % 10 == 0:
            found |= {before[at : at + 3] for at in range(0, line, size)}
    return found


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    """The PNG specification's five filters."""
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    estimate = left + up - corner
    return min((left, up, corner), key=lambda value: abs(estimate - value))


@pytest.mark.parametrize(("scheme", "ground"), [("1", b"\xff\xff\xff"), ("0", b"\x19\x1c\x1f")], ids=["light", "dark"])
def test_the_page_paints_and_logs_no_error(news: Document, tmp_path: Path, scheme: str, ground: bytes) -> None:
    if not CHROMIUM:
        pytest.skip("needs Chromium: set DELTAWIRE_TEST_CHROMIUM=/usr/bin/chromium to run this")
    page, picture = tmp_path / "digest.html", tmp_path / "digest.png"
    page.write_text(render(news, "html"), encoding="utf-8")
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",  # the tests may run as root
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--hide-scrollbars",
        "--window-size=600,600",
        f"--blink-settings=preferredColorScheme={scheme}",
        "--enable-logging=stderr",
        f"--screenshot={picture}",
        page.as_uri(),
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    assert "CONSOLE" not in run.stderr
    shades = _shades(picture.read_bytes())
    assert ground in shades
    assert len(shades) > 50  # letters are painted, not only grounds

"""The command line run in this process, over homes that hold the seeds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.cli import cli, failures


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str


Deltawire = Callable[..., Ran]


@pytest.fixture
def deltawire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Deltawire:
    """Runs a command on a fresh home (`tmp_path/home`) on 10 January 2026."""
    monkeypatch.setenv("DELTAWIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DELTAWIRE_NOW", "2026-01-10T12:00:00Z")

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        status = failures.run(cli, [str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def read_home(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A home that has read the seeds and a short piece that disputes, refines and promises; not to be changed."""
    home = tmp_path_factory.mktemp("read") / "home"
    folder = home.parent / "pieces"
    folder.mkdir()
    (folder / "report.md").write_text(
        "---\ntitle: Lenovo sold more servers\nsource: Harbour Wire\nurl: https://harbour.example/servers\n"
        "published: 2026-01-08\n---\n"
        "Lenovo said on Thursday that revenue in the third quarter of its 2025/26 fiscal year was $20 billion. "
        "Jensen Huang is the chief executive of Nvidia.\n",
        encoding="utf-8",
    )
    status = failures.run(
        cli, ["--home", str(home), "--quiet", "--now", "2026-01-10T12:00:00Z", "ingest", str(seeds / "articles"), str(folder)]
    )
    assert status == 0
    return home


@pytest.fixture
def home(read_home: Path, tmp_path: Path) -> Path:
    """A copy of `read_home` where `deltawire` looks for it."""
    shutil.copytree(read_home, tmp_path / "home")
    return tmp_path / "home"

"""What every invocation shares: help, what is imported, pipes, and how failures end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from flows.cli import cli, failures
from flows.errors import Busy, ConfigError, DeltawireError, NotKnown
from storage.errors import DatabaseBusy, DatabaseUnreachable, SchemaTooNew

READING = [
    ("facts",),
    ("changes",),
    ("articles",),
    ("sources", "list"),
    ("watch", "list"),
    ("doctor",),
    ("--help",),
    ("run", "--help"),
]


def imported(root: Path, home: Path, *arguments: str) -> set[str]:
    """The modules a command has imported by its end."""
    script = (
        f"import sys; from flows.cli import main; status = main({list(arguments)!r}); "
        "print(*(f'import:{name}' for name in sys.modules)); sys.exit(status)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "DELTAWIRE_HOME": str(home)},
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return {word.removeprefix("import:") for word in ran.stdout.split() if word.startswith("import:")}


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_what_only_reads_imports_neither_prefect_nor_a_station(root: Path, read_home: Path, arguments: tuple[str, ...]) -> None:
    there = imported(root, read_home, *arguments)
    heavy = {"prefect", "aiohttp", "trafilatura", "feedparser", "jinja2", "babel", "alembic"}
    assert not heavy & there
    if "--help" in arguments:
        assert not {"sqlalchemy", "pydantic", "yaml", "rich"} & there


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    found = []
    for name, command in sorted(group.commands.items()):
        here = (*path, name)
        found += leaves(command, here) if isinstance(command, click.Group) else [(here, command)]
    return found


@pytest.mark.parametrize(("path", "command"), leaves(cli), ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_help_of_every_command_teaches_by_example(deltawire, path: tuple[str, ...], command: click.Command) -> None:
    ran = deltawire(*path, "--help")
    assert ran.status == 0
    examples = [line.strip() for line in ran.out.splitlines() if line.strip().startswith("deltawire ")]
    assert any(line.startswith(f"deltawire {' '.join(path)}") for line in examples), ran.out
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_every_promised_command_is_there() -> None:
    promised = "init run ingest digest facts show changes verdict articles article extract sources watch evaluate db doctor"
    assert set(promised.split()) == set(cli.commands)


def test_a_reader_that_has_seen_enough_is_no_failure(root: Path, read_home: Path) -> None:
    command = f"{sys.executable} -m flows.cli --home {read_home} changes --format jsonl | head -n 1; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True, check=True, timeout=60)
    assert ran.stderr == ""
    assert ran.stdout.splitlines()[1] == "0"


def test_quiet_says_nothing(deltawire) -> None:
    ran = deltawire("--quiet", "facts")
    assert (ran.status, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ConfigError("sources.yaml:3", "url: is needed"), 2),
        (NotKnown("no fact of that name"), 1),
        (DeltawireError("the disk is full"), 1),
        (Busy("another run is at work"), 75),
        (DatabaseBusy("deltawire.db", "another process writes"), 75),
        (DatabaseUnreachable("db.intranet", "no server answers"), 75),
        (SchemaTooNew("deltawire.db", "was written by a newer Deltawire"), 1),
        (KeyboardInterrupt(), 130),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_each_failure_has_its_status_and_one_line(error: BaseException, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def failing() -> None:
        raise error

    assert failures.run(failing, []) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1


def test_the_unforeseen_is_one_line_and_with_verbose_says_where(deltawire, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("something\x1b[2J else")

    monkeypatch.setattr("storage.facts.list_facts", broken)
    ran = deltawire("facts")
    assert ran.status == 1
    assert ran.err == "deltawire: unexpected RuntimeError: something\\x1b[2J else (deltawire -v … shows where)\n"
    assert "Traceback" in deltawire("-v", "facts").err

"""Who watches a run at a terminal: a bar for the stage at hand, and a line for whatever failed."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.cli.output import message, visible
from flows.progress import Silent, watched_by

if TYPE_CHECKING:
    from rich.progress import Progress


class _Lines(Silent):
    """No terminal: failures only, one line each."""

    def say(self, text: str) -> None:
        message(text)


class _Bars(Silent):
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("starting", total=None)

    def begin(self, stage: str, total: int | None = None) -> None:
        self._progress.reset(self._task, description=stage, total=total)

    def step(self, count: int = 1) -> None:
        self._progress.advance(self._task, count)

    def say(self, text: str) -> None:
        self._progress.console.print(visible(text), markup=False, highlight=False, soft_wrap=True)


@contextmanager
def watching(*, quiet: bool) -> Iterator[None]:
    """Show what is reported within the block; nothing of it on a pipe but what failed, nothing at all with `quiet`."""
    if quiet:
        yield
    elif not sys.stderr.isatty():
        with watched_by(_Lines()):
            yield
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress, watched_by(_Bars(progress)):
            yield

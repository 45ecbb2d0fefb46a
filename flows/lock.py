"""One run at a time in a home: a second one is told to try later."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import Busy


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the home's lock within the block; Busy where another process holds it.

    The system lets go of it when the process ends, however it ends: there is no stale lock.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "run.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"{home}: another run is at work") from error
        yield

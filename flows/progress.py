"""How far a run is, for whoever watches: stages report here, and the command line shows it.

Nobody watches by default. The watcher is a context variable, so that stages called through
Prefect's engine find it without carrying it through every parameter.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Silent:
    """The watcher that shows nothing; others override what they show."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """A stage of `total` steps begins; None where nobody has counted them."""

    def step(self, count: int = 1) -> None:
        """`count` more steps of the current stage are done."""

    def say(self, text: str) -> None:
        """Something a person should read: a source that failed, a document that cannot be read."""


_NOBODY = Silent()
_watcher: ContextVar[Silent] = ContextVar("watcher", default=_NOBODY)


def watcher() -> Silent:
    """Who watches."""
    return _watcher.get()


@contextmanager
def watched_by(new: Silent) -> Iterator[None]:
    """Report to `new` within the block."""
    token = _watcher.set(new)
    try:
        yield
    finally:
        _watcher.reset(token)

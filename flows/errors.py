"""The errors Deltawire raises on purpose.

    DeltawireError                 exit 1: failed, nothing usable done
    ├── ConfigError                exit 2: a file or flag is wrong; names file, line and key
    ├── SourceError                one source failed; the others go on
    │   ├── FetchError             no usable answer from the network
    │   └── FeedError              an answer that is no feed
    ├── DocumentError              one document cannot be read; the others go on
    ├── NotKnown                   no fact, article or source of that name
    └── Busy                       exit 75: locked, or a server is away; try later
        └── DatabaseBusy

Every error carries in its message the name of what failed (file, URL, source, id) and is raised
`from` its cause. Storage raises its own `storage.database.SchemaTooNew` and `DatabaseUnreachable`,
which the command line maps to exits 1 and 75.
"""

from __future__ import annotations


class DeltawireError(Exception):
    """The root; `exit_status` is what the command line ends with."""

    exit_status = 1


class ConfigError(DeltawireError):
    """A configuration file or a flag is wrong. `where` is "file:line" where a line is known."""

    exit_status = 2

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


class SourceError(DeltawireError):
    """One source failed; it is recorded on the source's row and never stops the others."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source
        self.problem = problem


class FetchError(SourceError):
    """The network gave no usable answer."""


class FeedError(SourceError):
    """The answer is no feed."""


class DocumentError(DeltawireError):
    """One document cannot be read. `where` is its path or URL."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


class NotKnown(DeltawireError):
    """Nothing of that name is known."""


class Busy(DeltawireError):
    """Something needed is locked or away for now."""

    exit_status = 75

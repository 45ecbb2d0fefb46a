"""What storage raises on purpose.

    StorageError
    ├── SchemaTooNew           the database was written by a newer Deltawire
    ├── DatabaseUnreachable    no file, no server, no permission, not a database
    └── DatabaseBusy           another process holds the lock for too long: try later

Each message names the database, never with its password. Wrong arguments are `ValueError` or
`LookupError` as elsewhere in Python: they name the claim, article or prefix that is wrong.
"""

from __future__ import annotations


class StorageError(Exception):
    """The root. `database` names the file or the address, without a password."""

    def __init__(self, database: str, problem: str) -> None:
        super().__init__(f"{database}: {problem}")
        self.database = database
        self.problem = problem


class SchemaTooNew(StorageError):
    """The schema is one that this program does not know."""


class DatabaseUnreachable(StorageError):
    """The database cannot be opened, read or written."""


class DatabaseBusy(StorageError):
    """The lock was not free within the time allowed; nothing was written."""

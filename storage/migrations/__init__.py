"""The schema's history. Alembic is imported only when there is something to migrate: it costs a tenth of a second."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

KNOWN = ("0001", "0002", "0003")
"""Every revision there has been, oldest first. A test holds this to what stands in `versions/`."""

HEAD = KNOWN[-1]


def run(connection: Connection) -> None:
    """Upgrade to HEAD within the transaction that `connection` is in."""
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)

"""What a failure looks like to the person at the terminal: one line, and an exit status that says what to do."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

import sys
import traceback

import click

from flows.cli.app import App
from flows.cli.output import message
from flows.errors import DeltawireError

TRY_LATER = 75
INTERRUPTED = 130


def run(command: click.Command, arguments: list[str] | None) -> int:
    """The exit status of `command`: 0 done, 1 failed, 2 wrong usage or configuration, 3 in part, 75 try later."""
    app: App | None = None
    try:
        with command.make_context("deltawire", list(sys.argv[1:] if arguments is None else arguments)) as context:
            try:
                command.invoke(context)
            finally:
                app = context.obj
        return 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        message("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except DeltawireError as error:
        message(f"deltawire: {error}")
        return error.exit_status
    except Exception as error:  # noqa: BLE001 - the last stop: whatever it is, a person reads one line, not a stack
        return _unforeseen(error, verbose=bool(app and app.verbose))


def _unforeseen(error: Exception, *, verbose: bool) -> int:
    status = _storage_status(error)
    if status is not None:
        message(f"deltawire: {error}")
        return status
    if verbose:
        traceback.print_exception(error)
    else:
        message(f"deltawire: unexpected {type(error).__name__}: {error} (deltawire -v … shows where)")
    return 1


def _storage_status(error: Exception) -> int | None:
    """The status of one of storage's own errors; None for any other. Imported late: only a failure needs it."""
    from storage.errors import DatabaseBusy, DatabaseUnreachable, StorageError

    if isinstance(error, DatabaseBusy | DatabaseUnreachable):
        return TRY_LATER
    return 1 if isinstance(error, StorageError) else None

"""Looking after a home: `init`, `db`, `doctor`."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

from pathlib import Path

import click

from flows.cli.app import App, Command, Group, pass_app
from flows.cli.output import line


@click.command(cls=Command)
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@pass_app
def init(app: App, folder: Path | None) -> None:
    """Write deltawire.toml, sources.yaml and watchlist.yaml to start from, commented, into DIR (default: the home).

    Files that are there already are left alone. Without these files Deltawire uses its own
    sources and watchlist.

    \b
    Examples:
      deltawire init
      deltawire init ~/news && deltawire --home ~/news run
    """
    from flows.settings import find_home
    from flows.workspace import STARTERS, starter

    place = folder or find_home(app.home_flag)
    place.mkdir(parents=True, exist_ok=True)
    for name in STARTERS:
        path = place / name
        if path.exists():
            app.say(f"kept     {path}")
        else:
            path.write_text(starter(name), encoding="utf-8")
            app.say(f"written  {path}")


@click.group(cls=Group)
def db() -> None:
    """The database: its schema, its integrity, a copy of it."""


@db.command()
@pass_app
def upgrade(app: App) -> None:
    """Bring the schema up to date (every command that writes does this by itself).

    \b
    Example:
      deltawire db upgrade
    """
    app.say(f"{app.database.url_without_password}: schema {app.database.schema()}")


@db.command()
@click.option("--repair", is_flag=True, help="Put wrong facts right from their claims; claims and the ledger stay as they are.")
@pass_app
@click.pass_context
def check(context: click.Context, app: App, repair: bool) -> None:
    """Prove that every quote stands at its offsets, that the facts follow from the claims, that the ledger is whole.

    With --repair facts that differ from their claims are rebuilt, and what is left is told after it.

    \b
    Examples:
      deltawire db check
      deltawire db check --repair
    """
    from flows.reconcile.check import check as problems_of
    from storage.articles import counts

    catalogue = app.workspace.catalogue()
    if repair:
        with app.database.write() as session:
            repaired = [found for found in problems_of(session, catalogue, now=app.now, repair=True) if found.kind == "fact"]
        for problem in repaired:
            line(f"repaired {problem.id}: {problem.detail}")
    with app.database.read() as session:
        problems = list(problems_of(session, catalogue, now=app.now))
        there = counts(session)
    for problem in problems:
        line(f"{problem.kind} {problem.id}: {problem.detail}")
    if problems:
        app.say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found.")
        context.exit(1)
    app.say(
        ", ".join(f"{there[name]} {name}" for name in ("articles", "revisions", "claims", "facts", "changes")) + ": all sound."
    )


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_app
def backup(app: App, file: Path) -> None:
    """A consistent copy of the database in FILE, taken while others go on working.

    \b
    Example:
      deltawire db backup deltawire-2026-01-08.db
    """
    app.database.backup(file)
    app.say(f"written  {file}")


@click.command(cls=Command)
@pass_app
@click.pass_context
def doctor(context: click.Context, app: App) -> None:
    """What works and what does not on this machine, with a remedy for each finding; never prints a secret.

    \b
    Example:
      deltawire doctor
    """
    from flows.cli.examination import examine

    findings = list(examine(app))
    for finding in findings:
        line(f"{'ok  ' if finding.well else 'BAD '} {finding.about:<12} {finding.says}")
        if finding.remedy:
            line(f"     {'':<12} {finding.remedy}")
    if not all(finding.well for finding in findings):
        context.exit(1)


COMMANDS = (init, db, doctor)

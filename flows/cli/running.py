"""What changes the database: `run`, `ingest`, `digest`."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.app import App, Command, pass_app
from flows.cli.console import watching
from flows.cli.output import line
from flows.cli.times import TIME

if TYPE_CHECKING:
    from flows.account import Account

IN_PART = 3


@click.command(cls=Command)
@click.option("--source", "names", multiple=True, metavar="NAME", help="Poll only this source, due or not; may be given again.")
@click.option("--all", "everything", is_flag=True, help="Poll every source, due or not.")
@click.option("--reextract", is_flag=True, help="Also read again what was read with another version, watchlist or catalogue.")
@click.option("--no-digest", is_flag=True, help="Leave the digest for later.")
@pass_app
@click.pass_context
def run(context: click.Context, app: App, names: tuple[str, ...], everything: bool, reextract: bool, no_digest: bool) -> None:
    """The scheduled job, once: poll what is due, read, extract, reconcile, write the digest.

    A fresh home starts from the articles Deltawire ships with. Where nothing is due and nothing is
    waiting, it says so and ends.

    A new version of Deltawire, or of your watchlist or catalogue, reads what comes from now on. With
    --reextract it reads the stored texts again as well; what changes for that reason is marked so in
    the ledger, and the digest tells it apart from the news.

    \b
    Examples:
      deltawire run
      deltawire run --all
      deltawire run --reextract
      deltawire run --source nvidia-newsroom --source lenovo-storyhub
      deltawire run --now 2026-01-08
    """
    from flows import prefect_server, schedule
    from flows.errors import ConfigError
    from flows.lock import alone

    room = app.newsroom
    with alone(room.settings.home), watching(quiet=app.quiet):
        schedule.prepare(room)
        due = schedule.due_sources(room, names, everything=everything)
        if unknown := sorted(set(names) - set(due)):
            raise ConfigError("--source", f"no enabled source named {', '.join(unknown)} (deltawire sources list)")
        if due:
            prefect_server.bring_along(room.settings.home)  # starts in the background while the stations are loaded
        from flows import pipeline

        waiting = pipeline.anything_to_do(room, digest=not no_digest, again=reextract)
        if not due and not waiting:
            app.say("Nothing due, nothing new.")
            for note in pipeline.outdated(room).notes:
                app.say(note)
            return
        from flows.cli.flowing import run_as_flow

        config = str(room.settings.config_file) if app.config else None
        account = run_as_flow(room, config, due, digest=not no_digest, reextract=reextract)
    tell(app, account)
    if account.in_part:
        context.exit(IN_PART)


@click.command(cls=Command)
@click.argument("documents", nargs=-1, required=True, metavar="PATH|URL…")
@click.option("--source", default="manual", show_default=True, metavar="NAME", help="The source they are kept under.")
@click.option("--published", type=TIME, metavar="TIME", help="When they were published, where they do not say so themselves.")
@pass_app
@click.pass_context
def ingest(context: click.Context, app: App, documents: tuple[str, ...], source: str, published: datetime | None) -> None:
    """Read documents given by hand: .txt, .md with YAML front matter, .html, .json(l), folders, addresses.

    NAME.yaml beside a document gives its title, source, url, published, language, authority, timezone.

    \b
    Examples:
      deltawire ingest notes/2026-01-07-keynote.md
      deltawire ingest ~/clippings --source clippings
      deltawire ingest report.html --published 2026-01-07
      deltawire ingest https://example.com/news/launch.html
    """
    from flows import intake, pipeline, schedule

    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,79}", source):
        raise click.BadParameter("a name has lower-case letters, digits, dots, dashes and underscores", param_hint="--source")
    room = app.newsroom
    with watching(quiet=app.quiet):
        schedule.prepare(room)
        account = intake.ingest(room, documents, source=source, published=published)
        account += pipeline.work_off(room)
    tell(app, account)
    if account.unreadable:
        context.exit(IN_PART if account.new + account.edited + account.same else 1)


@click.command(cls=Command)
@click.option(
    "--profile", default="default", show_default=True, metavar="NAME", help="Whose digest: a [profiles.NAME] of deltawire.toml."
)
@click.option("--since", type=TIME, metavar="TIME", help="Tell what was learned since, instead of since the last digest.")
@click.option("--until", type=TIME, metavar="TIME", help="… and before.")
@click.option("--preview", is_flag=True, help="Write it without counting it as told.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "md", "txt", "json", "all"]),
    default="all",
    show_default=True,
    help="Which files.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where to, instead of HOME/digests.")
@pass_app
def digest(
    app: App, profile: str, since: datetime | None, until: datetime | None, preview: bool, form: str, out: Path | None
) -> None:
    """Write the digest of what changed since this profile's last one; prints the files' paths.

    \b
    Examples:
      deltawire digest
      deltawire digest --preview --format txt
      deltawire digest --since 2026-01-01 --until 2026-02-01 --out january
    """
    from flows import schedule
    from flows.digest.render import FORMATS
    from flows.publishing import publish

    schedule.prepare(app.newsroom)
    formats = FORMATS if form == "all" else (form,)
    _, written = publish(app.newsroom, profile, since=since, until=until, preview=preview, formats=formats, out=out)
    if not written:
        app.say("Nothing has changed since the last digest.")
    for path in written:
        line(str(path))


def tell(app: App, account: Account) -> None:
    """The short account at the end."""
    if not app.quiet:
        for text in account.lines:
            line(text)


COMMANDS = (run, ingest, digest)

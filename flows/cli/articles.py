"""What was read: `articles`, `article`, and the sources they came from."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from flows.cli import words
from flows.cli.app import App, Command, Group, pass_app
from flows.cli.output import columns, emit, format_option, line
from flows.cli.times import TIME


@click.command(cls=Command)
@click.option("--source", metavar="NAME", help="Only from this source.")
@click.option("--since", type=TIME, metavar="TIME", help="Only those first seen since.")
@click.option("--set-aside", is_flag=True, help="Those that no topic of the watchlist wanted, instead.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@format_option()
@pass_app
def articles(app: App, source: str | None, since: datetime | None, set_aside: bool, limit: int | None, form: str) -> None:
    """What was read.

    \b
    Examples:
      deltawire articles --since 2026-01-01
      deltawire articles --source nvidia-newsroom --format jsonl
      deltawire articles --set-aside
    """
    from flows.clock import time_text
    from storage.articles import list_articles

    with app.database.read() as session:
        found = list_articles(session, source=source, since=since, set_aside=set_aside, limit=limit)
    rows: list[dict[str, Any]] = [
        {
            "id": article.id,
            "revision": article.revision,
            "url": article.url,
            "source": article.source,
            "publisher": article.publisher,
            "title": article.title,
            "language": article.language,
            "author": article.author,
            "published": time_text(article.published) or (article.published_on and article.published_on.isoformat()),
            "updated": time_text(article.updated),
            "seen_at": time_text(article.seen_at),
            "authority": str(article.authority),
            "state": str(article.state),
        }
        for article in found
    ]
    if not rows:
        app.say("No articles." if source or since or set_aside else "No articles yet: deltawire run reads what there is.")
    emit(
        rows,
        form,
        columns(*(rows[0] if rows else ())),
        {
            "id": lambda row: row["id"][:8],
            "published": lambda row: words.day(row["published"]),
            "publisher": lambda row: row["publisher"],
            "state": lambda row: row["state"],
            "title": lambda row: row["title"],
            "url": lambda row: row["url"],
        },
    )


@click.command(cls=Command)
@click.argument("article")
@click.option("--diff", is_flag=True, help="What changed from revision to revision, instead of the text.")
@pass_app
def article(app: App, article: str, diff: bool) -> None:
    """The text of one ARTICLE (its id or the beginning of it, or its URL), as Deltawire keeps it.

    Evidence offsets count code points in what this prints.

    \b
    Examples:
      deltawire article 9c1f
      deltawire article 9c1f --diff
    """
    from flows.clock import time_text
    from flows.errors import NotKnown
    from storage.articles import article_by_url, get_article, revisions

    with app.database.read() as session:
        try:
            found = article_by_url(session, article) or get_article(session, article)
        except LookupError as error:
            raise NotKnown(str(error.args[0] if error.args else error)) from error
        if found is None:
            raise NotKnown(f"no article {article!r} (deltawire articles lists them)")
        history = revisions(session, found.id)
    if not diff:
        app.say(f"{found.title}\n{found.publisher}, {words.day(time_text(found.published)) or 'undated'}, {found.url}\n")
        line(found.text)
        return
    from difflib import unified_diff

    for number, revision in enumerate(history, 1):
        app.say(f"revision {number} of {len(history)}: {revision.revision[:8]}, seen {time_text(revision.seen_at)}")
        if number > 1:
            older = history[number - 2]
            for text in unified_diff(
                older.text.splitlines(), revision.text.splitlines(), older.revision[:8], revision.revision[:8], lineterm=""
            ):
                line(text)


@click.group(cls=Group)
def sources() -> None:
    """Feeds and other places articles come from."""


@sources.command(name="list")
@format_option()
@pass_app
def list_(app: App, form: str) -> None:
    """Every source, when it was last checked, and how that went.

    \b
    Example:
      deltawire sources list
    """
    from flows.clock import time_text
    from storage.sources import fetch_states, list_sources

    with app.database.read() as session:
        known = {source.name: source for source in list_sources(session)}
        states = fetch_states(session)
    listed = {source.name: source for source in app.workspace.sources()} | {n: s for n, s in known.items() if s.kind == "manual"}
    rows: list[dict[str, Any]] = []
    for name, source in listed.items():
        state = states.get(name)
        rows.append(
            {
                "name": name,
                "title": source.title,
                "kind": str(source.kind),
                "url": source.url,
                "authority": str(source.authority),
                "enabled": source.enabled,
                "every_seconds": int(source.every.total_seconds()),
                "checked_at": time_text(state.checked_at) if state else None,
                "succeeded_at": time_text(state.succeeded_at) if state else None,
                "status": state.status if state else None,
                "failures": state.failures if state else 0,
                "error": state.error if state else None,
                "entries": state.entries if state else 0,
                "new": state.new if state else 0,
            }
        )
    emit(
        rows,
        form,
        {
            "name": lambda row: row["name"],
            "kind": lambda row: row["kind"],
            "authority": lambda row: row["authority"],
            "checked": lambda row: (row["checked_at"] or "never")[:16].replace("T", " "),
            "entries": lambda row: str(row["entries"]),
            "state": lambda row: row["error"] or ("ok" if row["succeeded_at"] else "" if row["enabled"] else "off"),
        },
    )


COMMANDS = (articles, article, sources)

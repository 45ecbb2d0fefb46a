"""What is known, and how it came to be known: `facts`, `show`, `changes`."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from flows.cli import words
from flows.cli.app import App, Command, pass_app
from flows.cli.output import Columns, emit, format_option, line
from flows.cli.times import TIME

if TYPE_CHECKING:
    from flows.export import Exporter
    from storage.database import Session
    from storage.model import Claim, Fact

F = TypeVar("F", bound=Callable[..., Any])
STATUSES = ("current", "disputed", "withdrawn", "superseded")

COLUMNS: Columns = {
    "id": lambda row: row["id"],
    "subject": lambda row: row["subject"],
    "predicate": lambda row: row["predicate"],
    "object": lambda row: row["object"] or "",
    "qualifiers": words.qualifiers,
    "value": words.values,
    "modality": lambda row: row["modality"],
    "status": lambda row: row["status"],
    "verdict": lambda row: row.get("verdict") or "",
    "sources": lambda row: str(row["sources"]),
    "independent_sources": lambda row: str(row["independent_sources"]),
    "changed": lambda row: words.day(row["last_changed"]),
}
SHOWN: Columns = {
    "id": lambda row: row["id"][:8],
    "subject": COLUMNS["subject"],
    "says": words.statement,
    "value": words.values,
    "stands": words.standing,
    "sources": words.sources,
}


def past_options(command: F) -> F:
    """The options that name another time."""
    learned = "--believed-at", "What was believed at that time, as the ledger has it."
    dated = "--as-of", "What is believed now about that time: by all that is dated up to it."
    for name, words_ in (learned, dated):
        command = click.option(name, type=TIME, metavar="TIME", help=words_)(command)
    return command


@click.command(cls=Command)
@click.argument("entity", required=False)
@click.option("--predicate", metavar="P", help="Only this predicate: revenue, maker, availability, …")
@click.option("--status", type=click.Choice(STATUSES), help="Only facts that stand so.")
@past_options
@click.option("--history", is_flag=True, help="The values a fact had before, too, as status superseded.")
@format_option()
@pass_app
def facts(
    app: App,
    entity: str | None,
    predicate: str | None,
    status: str | None,
    as_of: datetime | None,
    believed_at: datetime | None,
    history: bool,
    form: str,
) -> None:
    """What is known, of everything or of one ENTITY (its key: lenovo).

    Two clocks: --believed-at 2026-03-01 is what was believed on that day, right or wrong, as the
    ledger has it; --as-of 2026-03-01 is what is believed now about that day, from all that is dated
    up to it. Together: what was believed on the one day about the other.

    \b
    Examples:
      deltawire facts lenovo
      deltawire facts --status disputed
      deltawire facts lenovo --predicate revenue --history --format jsonl
      deltawire facts --as-of 2026-01-10 --format csv > facts.csv
      deltawire facts lenovo --believed-at 2026-03-01
    """
    from storage.facts import list_facts

    history = history or status == "superseded"
    with app.database.read() as session:
        standing = None if status == "superseded" else status
        if as_of is None and believed_at is None:
            found = list_facts(session, entity=entity, predicate=predicate, status=standing)
        else:
            there = list_facts(session, entity=entity, predicate=predicate)
            found = [fact for fact in then(app, session, there, as_of, believed_at) if standing in {None, fact.state.status}]
        exporter = exporter_of(session, found)
    rows: list[dict[str, Any]] = []
    for fact in found:
        if status != "superseded":
            rows.append(exporter.fact(fact))
        if history:
            rows.extend(exporter.history(fact))
    if not rows:
        app.say("Nothing known" + (f" of {entity}." if entity else " yet: deltawire run reads what there is."))
    emit(rows, form, COLUMNS, SHOWN)


@click.command(cls=Command)
@click.argument("fact")
@past_options
@pass_app
def show(app: App, fact: str, as_of: datetime | None, believed_at: datetime | None) -> None:
    """One FACT (its id, or the beginning of it) with its history, every claim and each quote in its context.

    \b
    Examples:
      deltawire show 3f2a9c
      deltawire show 3f2a9c --believed-at 2026-03-01
    """
    from flows.cli.portrait import named, portrait
    from flows.errors import NotKnown

    with app.database.read() as session:
        found = named(session, fact)
        if as_of is not None or believed_at is not None:
            was = then(app, session, [found], as_of, believed_at)
            if not was:
                raise NotKnown(f"fact {found.id[:8]} ({found.subject} {found.predicate}) was not known then")
            found = was[0]
        for text in portrait(session, found, upto=believed_at):
            line(text)


def then(
    app: App, session: Session, found: Sequence[Fact], as_of: datetime | None, believed_at: datetime | None
) -> Sequence[Fact]:
    """These facts at another time, in one clock or both."""
    from flows.reconcile.past import about, believed

    if as_of is not None:
        return about(session, app.workspace.catalogue(), found, as_of, learned=believed_at)
    return believed(session, found, believed_at or app.now)


LEDGER: Columns = {
    "seq": lambda row: str(row["seq"]),
    "learned": lambda row: words.day(row["observed_at"]),
    "kind": lambda row: row["kind"],
    "of": lambda row: row.get("fact") or row.get("article") or "",
    "subject": lambda row: row["subject"] or "",
    "predicate": lambda row: row["predicate"] or "",
    "before": lambda row: words.state(row["before"]),
    "after": lambda row: words.state(row["after"]),
    "reason": lambda row: row["reason"],
}
LEDGER_SHOWN: Columns = {
    **{title: LEDGER[title] for title in ("seq", "learned", "kind")},
    "of": lambda row: LEDGER["of"](row)[:8],
    "what": lambda row: " ".join(filter(None, (row["subject"], row["predicate"]))),
    "now": LEDGER["after"],
    "because": LEDGER["reason"],
}


@click.command(cls=Command)
@click.option("--since", type=TIME, metavar="TIME", help="Only what was learned since.")
@click.option("--kind", help="Only this kind: new, confirmed, refined, updated, disputed, resolved, withdrawn, due, …")
@format_option()
@pass_app
def changes(app: App, since: datetime | None, kind: str | None, form: str) -> None:
    """The ledger: what happened to facts and articles, when it was learned, and because of which claims.

    \b
    Examples:
      deltawire changes --since 2026-01-01
      deltawire changes --kind disputed --format jsonl
    """
    from flows.export import Exporter
    from storage.changes import list_changes
    from storage.claims import claims_by_id
    from storage.model import ChangeKind

    if kind is not None and kind not in set(ChangeKind):
        raise click.BadParameter(f"no kind {kind!r}; there are {', '.join(ChangeKind)}", param_hint="--kind")
    with app.database.read() as session:
        found = list_changes(session, since=since, kind=None if kind is None else ChangeKind(kind))
        claims = claims_by_id(session, sorted({id_ for change in found for id_ in change.because}))
        exporter = Exporter(claims, revisions_of(session, claims.values()))
    emit((exporter.change(change) for change in found), form, LEDGER, LEDGER_SHOWN)


def exporter_of(session: Session, found: Sequence[Fact]) -> Exporter:
    """An exporter with all that these facts rest on, their earlier values included."""
    from flows.export import Exporter
    from storage.claims import claims_by_id

    ids = {id_ for fact in found for side in (*fact.state.sides, *fact.superseded) for id_ in side.claims}
    claims = claims_by_id(session, sorted(ids))
    return Exporter(claims, revisions_of(session, claims.values()))


def revisions_of(session: Session, claims: Iterable[Claim]) -> dict[str, Any]:
    """The revisions these claims were found in, by id."""
    from storage.articles import load_revisions

    return {article.revision: article for article in load_revisions(session, sorted({claim.revision for claim in claims}))}


COMMANDS = (facts, show, changes)

"""What is known, and how it came to be known: `facts`, `show`, `changes`."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from flows.cli import words
from flows.cli.app import App, Command, pass_app
from flows.cli.output import Columns, emit, format_option, line
from flows.cli.times import TIME

if TYPE_CHECKING:
    from flows.export import Exporter
    from storage.database import Session
    from storage.model import Claim, Fact

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
    "sources": lambda row: str(row["independent_sources"]),
    "changed": lambda row: words.day(row["last_changed"]),
}
SHOWN: Columns = {
    "id": lambda row: row["id"][:8],
    "subject": COLUMNS["subject"],
    "says": words.statement,
    "value": words.values,
    "stands": words.standing,
    "sources": COLUMNS["sources"],
}


@click.command(cls=Command)
@click.argument("entity", required=False)
@click.option("--predicate", metavar="P", help="Only this predicate: revenue, maker, availability, …")
@click.option("--status", type=click.Choice(STATUSES), help="Only facts that stand so.")
@click.option("--as-of", type=TIME, metavar="TIME", help="As the world had told it by then.")
@click.option("--history", is_flag=True, help="The values a fact had before, too, as status superseded.")
@format_option()
@pass_app
def facts(
    app: App, entity: str | None, predicate: str | None, status: str | None, as_of: datetime | None, history: bool, form: str
) -> None:
    """What is known, of everything or of one ENTITY (its key: lenovo).

    \b
    Examples:
      deltawire facts lenovo
      deltawire facts --status disputed
      deltawire facts lenovo --predicate revenue --history --format jsonl
      deltawire facts --as-of 2026-01-10 --format csv > facts.csv
    """
    from storage.facts import list_facts

    history = history or status == "superseded"
    with app.database.read() as session:
        if as_of is not None:
            from flows.cli.past import facts_as_of

            found = facts_as_of(session, app, as_of, entity=entity, predicate=predicate, status=status)
        else:
            found = list_facts(session, entity=entity, predicate=predicate, status=None if status == "superseded" else status)
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
@pass_app
def show(app: App, fact: str) -> None:
    """One FACT (its id, or the beginning of it) with its history, every claim and each quote in its context.

    \b
    Example:
      deltawire show 3f2a9c
    """
    from flows.cli.portrait import portrait

    with app.database.read() as session:
        for text in portrait(session, fact):
            line(text)


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

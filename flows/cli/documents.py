"""Trying things out on documents, with nothing stored: `extract`, `evaluate`, `watch`."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.cli import words
from flows.cli.app import App, Command, Group, pass_app
from flows.cli.output import columns, emit, line, message

if TYPE_CHECKING:
    from flows.extract.engine import Extraction, TraceLine
    from flows.extract.model.reader import ModelReader
    from storage.model import Article, Claim

IN_PART = 3


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to write it."
)
@click.option("--explain", is_flag=True, help="Say which rule fired, and what was rejected and why (on stderr).")
@click.option("--llm", is_flag=True, help="Ask the language model, too (llm_base_url and llm_model set it up).")
@pass_app
@click.pass_context
def extract(context: click.Context, app: App, paths: tuple[str, ...], form: str, explain: bool, llm: bool) -> None:
    """The claims of documents, each with its quote and offsets; nothing is stored.

    \b
    Examples:
      deltawire extract clippings/*.md
      deltawire extract clippings/*.md --format jsonl > claims.jsonl
      deltawire extract keynote.txt --explain
      deltawire extract keynote.txt --llm --explain
    """
    from flows.errors import ConfigError
    from flows.extract.export import claim_to_json

    model = app.newsroom.model if llm else None
    if llm and model is None:
        raise ConfigError("--llm", "no language model is set up (llm_base_url and llm_model, see deltawire.toml)")
    rows: list[dict[str, Any]] = []
    failed = read_anything = False
    for name, article in _articles(app, paths):
        if article is None:
            failed = True
            continue
        read_anything = True
        found = app.newsroom.extractor.extract(article, now=app.now)
        claims, told = found.claims, found.trace
        if model is not None:
            claims, told = _with_model(app, model, article, found)
        if explain:
            for trace in told:
                quote = " ".join(article.text[trace.start : trace.end].split())
                message(f"{name}:{trace.start}: {trace.rule} {trace.outcome}{': ' + trace.why if trace.why else ''} | {quote}")
        made = [claim_to_json(claim, name) for claim in claims]
        if form == "jsonl":
            emit(made, form, {})
        rows += made
    if form == "table":
        emit(
            rows,
            form,
            {
                "document": lambda row: Path(row["article"]).name,
                "at": lambda row: str(row["evidence"]["start"]),
                "subject": lambda row: row["subject"],
                "predicate": lambda row: row["predicate"],
                "object": lambda row: row["object"] or "",
                "qualifiers": words.qualifiers,
                "value": words.values,
                "modality": lambda row: row["modality"],
                "says": lambda row: row["attributed_to"] or "",
                "quote": lambda row: row["evidence"]["quote"],
            },
        )
    if failed:
        context.exit(IN_PART if read_anything else 1)


def _with_model(
    app: App, model: ModelReader, article: Article, found: Extraction
) -> tuple[tuple[Claim, ...], tuple[TraceLine, ...]]:
    """The rules' claims and the model's together; what the model gives no answer to, the rules have alone."""
    from flows.cli.console import watching
    from flows.reading import second_reading

    with watching(quiet=app.quiet):
        second = second_reading(app.newsroom, model, [article], {article.revision: found.claims})
    key = article.revision
    return (*second.rules[key], *second.model.get(key, ())), (*found.trace, *second.trace.get(key, ()))


def _articles(app: App, paths: Sequence[str]) -> Iterator[tuple[str, Article | None]]:
    """Each document with the path it was given by; None, and a message, for one that cannot be read."""
    from flows.collect.documents import documents
    from flows.errors import DocumentError
    from flows.read import read

    for path in paths:
        for entry in documents([path], source="manual", published=None, now=app.now):
            try:
                if isinstance(entry, DocumentError):
                    raise entry
                article = read(entry, now=app.now)
            except DocumentError as error:
                message(f"not read: {error}")
                yield path, None
                continue
            yield entry.guid or path, article


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR")
@click.option("--errors", is_flag=True, help="List every miss, false claim and trap.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to write it."
)
@pass_app
def evaluate(app: App, folder: Path, errors: bool, form: str) -> None:
    """Precision and recall of extraction against gold files: articles whose facts were entered by hand.

    \b
    Examples:
      deltawire evaluate gold
      deltawire evaluate gold --errors | grep MISSED
      deltawire evaluate gold --format json
    """
    import json

    from flows.errors import ConfigError, DocumentError
    from flows.extract.evaluate import evaluate as against
    from flows.extract.evaluate import figures, load_gold
    from flows.extract.export import claim_to_json

    try:
        golds = load_gold(folder)
    except DocumentError as error:
        raise ConfigError(error.where, error.problem) from error
    if not golds:
        raise ConfigError(str(folder), "no gold files (*.json with `article` and `facts`)")
    claims = []
    for gold in golds:
        beside, seeds = folder / gold.article, folder.parent / "seeds" / gold.article
        for name, article in _articles(app, [str(beside if beside.exists() else seeds)]):
            if article is not None:
                found = app.newsroom.extractor.extract(article, now=app.now).claims
                claims += [claim_to_json(claim, name) for claim in found]
    tally = against(golds, claims)
    result = figures(tally)
    if errors:
        for text in tally.errors:
            line(text)
    if form == "json":
        line(json.dumps(result))
        return
    rows = [{"predicate": name, **row} for name, row in result["by_predicate"].items()]
    emit(rows, "table", columns("predicate", "hit", "missed", "false"))
    line(
        f"{result['articles']} articles, {result['gold']} facts: precision {result['precision']:.3f}, "
        f"recall {result['recall']:.3f}, F1 {result['f1']:.3f}; "
        f"traps sprung {result['trapped']} of {result['traps']}, ungrounded {result['ungrounded']}"
    )


@click.group(cls=Group)
def watch() -> None:
    """The watchlist: whom and what is followed."""


@watch.command(name="list")
@pass_app
def list_(app: App) -> None:
    """Every entity with its kind, aliases and what it belongs to; then the topics.

    \b
    Example:
      deltawire watch list
    """
    watchlist = app.workspace.watchlist()
    rows = [
        {
            "key": entity.key,
            "kind": str(entity.kind),
            "name": entity.name,
            "belongs": ", ".join((*entity.makers, *filter(None, (entity.parent, entity.employer)))),
            "aliases": ", ".join(entity.aliases),
        }
        for entity in watchlist.entities
    ]
    emit(rows, "table", columns("key", "kind", "name", "belongs", "aliases"))
    line("")
    for topic in watchlist.topics:
        line(f"topic {topic.name}: {', '.join(topic.entities)}")


@watch.command()
@click.argument("path")
@pass_app
@click.pass_context
def test(context: click.Context, app: App, path: str) -> None:
    """Which topics want the document at PATH, and why; exit status 1 where none does.

    \b
    Example:
      deltawire watch test clippings/keynote.md
    """
    from flows.read import wanted

    seen = False
    for name, article in _articles(app, [path]):
        if article is None:
            context.exit(1)
        match = wanted(article, app.workspace.watchlist())
        line(f"{name}: {match}")
        seen = seen or bool(match)
    if not seen:
        context.exit(1)


COMMANDS = (extract, evaluate, watch)

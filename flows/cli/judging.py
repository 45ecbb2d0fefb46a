"""A person's judgement of a fact: `verdict`."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from flows.cli.app import App, Command, pass_app
from flows.cli.output import line

if TYPE_CHECKING:
    from storage.database import Session
    from storage.model import Fact

T = TypeVar("T")
ACTS = ("accept", "reject", "prefer", "undo")


@click.command(cls=Command)
@click.argument("fact")
@click.argument("act", type=click.Choice(ACTS))
@click.option("--claim", metavar="ID", help="The claim it is about (deltawire show names them); without it, all known so far.")
@click.option("--why", required=True, metavar="TEXT", help="The reason, for whoever reads it later.")
@click.option("--by", metavar="NAME", help="Who rules; default: name in deltawire.toml, else your login.")
@click.option("--verdict", "which", metavar="ID", help="With undo: which verdict; default: the last that stands.")
@pass_app
def verdict(app: App, fact: str, act: str, claim: str | None, why: str, by: str | None, which: str | None) -> None:
    """Rule on a FACT (its id, or the beginning of it). Recorded under your name, in force at once, undone at any time.

    \b
    accept  what is known so far, or one claim, is right; a later report that contradicts it reopens the question
    reject  what is known so far, or one claim, is wrong and counts no more
    prefer  of a dispute's sides the one that --claim stands on
    undo    the last verdict is taken back, and everything stands as if it had never been

    \b
    Examples:
      deltawire verdict 3f2a9c prefer --claim 81c4 --why "the filing itself says so"
      deltawire verdict 3f2a9c reject --why "a namesake" --by "Anna Lindqvist"
      deltawire verdict 3f2a9c undo --why "it was no namesake after all"
    """
    from flows.cli.portrait import named
    from flows.reconcile.judge import judge, take_back
    from storage.model import VerdictAct

    why, name = why.strip(), (by or app.settings.person).strip()
    if not why or not name:
        raise click.BadParameter("may not be empty", param_hint="--by" if why else "--why")
    if act == "prefer" and claim is None:
        raise click.BadParameter("prefer needs the claim it prefers (deltawire show FACT names them)", param_hint="--claim")
    if which is not None and act != "undo":
        raise click.BadParameter("goes with undo only", param_hint="--verdict")
    catalogue = app.workspace.catalogue()
    with app.database.write() as session:
        about = named(session, fact)
        if act == "undo":
            ruled, changes = _known(
                lambda: take_back(session, catalogue, about.id, verdict=which, why=why, by=name, now=app.now),
                f"no verdict on fact {about.id[:8]} stands{f' that begins with {which!r}' if which else ''}",
            )
        else:
            of = None if claim is None else _claim(session, about, claim)
            ruled, changes = judge(session, catalogue, about.id, VerdictAct(act), claim=of, why=why, by=name, now=app.now)
    told = "taken back" if act == "undo" else "recorded"
    line(f"verdict {ruled.id[:8]} {told}: {ruled.act} by {ruled.by}: {ruled.why}")
    for change in changes:
        line(f"  {change.kind}: {change.reason}")
    if not changes:
        app.say("Nothing else changes.")


def _known(look: Callable[[], T | None], otherwise: str) -> T:
    """What a look-up finds; NotKnown where it finds nothing, or more than one."""
    from flows.errors import NotKnown

    try:
        found = look()
    except LookupError as error:
        raise NotKnown(str(error.args[0] if error.args else error)) from error
    if found is None:
        raise NotKnown(otherwise)
    return found


def _claim(session: Session, about: Fact, prefix: str) -> str:
    """The id of the fact's claim that begins with `prefix`."""
    from flows.errors import NotKnown
    from storage.claims import claims_of_fact

    found = [claim.id for claim, _ in claims_of_fact(session, about.id) if claim.id.startswith(prefix)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotKnown(f"{prefix!r} could be claim {', '.join(id_[:12] for id_ in found)}")
    raise NotKnown(f"no claim of fact {about.id[:8]} begins with {prefix!r} (deltawire show {about.id[:8]} names them)")


COMMANDS = (verdict,)

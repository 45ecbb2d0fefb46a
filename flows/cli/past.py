"""What was known at an earlier time: the same decisions, over the claims dated up to then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from flows.reconcile import decide
from storage.claims import claims_of_fact, fingerprints
from storage.facts import list_facts
from storage.model import Fact
from storage.verdicts import verdicts_of

if TYPE_CHECKING:
    from flows.cli.app import App
    from storage.database import Session


def facts_as_of(
    session: Session, app: App, moment: datetime, *, entity: str | None, predicate: str | None, status: str | None
) -> list[Fact]:
    """The facts as the world had told them by `moment`: later claims and later verdicts left out."""
    predicates = app.workspace.catalogue().by_key
    found: list[Fact] = []
    for fact in list_facts(session, entity=entity, predicate=predicate):
        claims = [claim for claim, live in claims_of_fact(session, fact.id) if live and claim.as_of <= moment]
        if not claims or fact.predicate not in predicates:
            continue
        verdicts = [verdict for verdict in verdicts_of(session, [fact.id]).get(fact.id, []) if verdict.at <= moment]
        decision = decide(
            None,
            claims,
            verdicts,
            predicate=predicates[fact.predicate],
            fingerprints=fingerprints(session, sorted({claim.article for claim in claims})),
            now=moment,
        )
        if decision.fact is not None and status in {None, str(decision.fact.state.status)}:
            # The row keeps when it was first and last touched in the world's time, not in ours.
            dates = sorted(claim.as_of for claim in claims)
            found.append(replace(decision.fact, first_seen=dates[0], last_changed=dates[-1]))
    return found

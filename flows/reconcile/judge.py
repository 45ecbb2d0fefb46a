"""A person's word: recording a verdict or taking one back, and deciding its fact anew at once."""

from __future__ import annotations

from datetime import datetime

from flows.config.catalogue import Catalogue
from flows.reconcile.apply import redecide
from storage.database import Session
from storage.identity import digest
from storage.model import Change, Verdict, VerdictAct
from storage.verdicts import save_verdict, undo_verdict, verdicts_of


def judge(
    s: Session, catalogue: Catalogue, fact: str, act: VerdictAct, *, claim: str | None, why: str, by: str, now: datetime
) -> tuple[Verdict, list[Change]]:
    """Record what `by` ruled of a fact (of one of its claims, where `claim` is given), and what that changes.

    `s` is a write transaction. The same verdict given twice at one time is one verdict.
    """
    undone = [one for one in verdicts_of(s, [fact], undone=True).get(fact, []) if one.undone_at is not None]
    again = sum((one.act, one.claim, one.why, one.by, one.at) == (act, claim, why, by, now) for one in undone)
    id_ = digest("verdict", fact, str(act), claim, why, by, now.isoformat(), again)
    verdict = Verdict(id=id_, fact=fact, act=act, claim=claim, why=why, by=by, at=now)
    save_verdict(s, verdict)
    return verdict, redecide(s, catalogue, [fact], now=now)


def take_back(
    s: Session, catalogue: Catalogue, fact: str, *, verdict: str | None = None, why: str, by: str, now: datetime
) -> tuple[Verdict, list[Change]] | None:
    """Take back a fact's verdict (the one whose id begins with `verdict`, else the last that stands), and what that changes.

    None where there is no such verdict. LookupError naming the candidates where there are several.
    """
    standing = [one for one in verdicts_of(s, [fact]).get(fact, []) if one.id.startswith(verdict or "")]
    if not standing:
        return None
    if verdict is not None and len(standing) > 1:
        raise LookupError(f"verdict {verdict!r} could be {', '.join(one.id[:8] for one in standing)}")
    undone = undo_verdict(s, standing[-1].id, now, by=by, why=why)
    return None if undone is None else (undone, redecide(s, catalogue, [fact], now=now))

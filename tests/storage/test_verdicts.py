"""Verdicts: recorded once, taken back without being lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.articles import save_article
from storage.claims import save_claims
from storage.database import Database
from storage.model import Verdict, VerdictAct
from storage.verdicts import save_verdict, undo_verdict, verdicts_of


def test_verdicts_come_back_oldest_first(database: Database, make: Any) -> None:
    article = make.article()
    claim = make.claim(article)
    later = Verdict(id="v1", fact="f1", act=VerdictAct.PREFER, claim=claim.id, why="It is signed — 已签", by="Ann", at=make.now)
    earlier = replace(later, id="v2", act=VerdictAct.REJECT, claim=None, at=make.now - timedelta(days=1))
    with database.write() as s:
        save_article(s, article)
        save_claims(s, article.revision, "rules", "1", [claim])
        for verdict in (later, earlier, replace(later, why="again")):
            save_verdict(s, verdict)
        assert verdicts_of(s, ["f1", "f2"]) == {"f1": [earlier, later]}


def test_a_verdict_taken_back_is_kept_but_stands_no_more(database: Database, make: Any) -> None:
    verdict = Verdict(id="v1", fact="f1", act=VerdictAct.ACCEPT, claim=None, why="sure", by="Ann", at=make.now)
    undone = replace(verdict, undone_at=make.now + timedelta(hours=1))
    with database.write() as s:
        save_verdict(s, verdict)
        assert undo_verdict(s, "v", make.now + timedelta(hours=1)) == undone
        assert undo_verdict(s, "v1", make.now + timedelta(hours=2)) == undone
        assert undo_verdict(s, "v2", make.now) is None
        assert verdicts_of(s, ["f1"]) == {}
        assert verdicts_of(s, ["f1"], undone=True) == {"f1": [undone]}


def test_a_verdict_that_cannot_be_stored_is_refused_by_name(database: Database, make: Any) -> None:
    verdict = Verdict(id="v1", fact="f1", act=VerdictAct.ACCEPT, claim=None, why="\0", by="Ann", at=make.now)
    with database.write() as s, pytest.raises(ValueError, match="verdict v1: holds a NUL"):
        save_verdict(s, verdict)

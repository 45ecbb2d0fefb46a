"""A fortnight of articles in which every kind of change happens, with the ledger it must give; and the same in power cuts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import yaml

from flows.read import read
from flows.reconcile import check, reconcile, tick
from flows.reconcile.check import same_standing
from flows.reconcile.judge import judge, take_back
from flows.reconcile.past import believed
from storage import identity
from storage.articles import article_by_url, mark_gone, save_article
from storage.changes import list_changes
from storage.claims import all_claims, claims_of_fact, pending_extraction, pending_reconcile, save_claims
from storage.database import Database
from storage.facts import list_facts
from storage.model import Authority, ChangeKind, Entry, Modality, VerdictAct
from storage.sources import ensure_manual_source


@pytest.fixture(scope="module")
def fortnight(root):
    return yaml.safe_load((root / "tests/data/fortnight/articles.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def live(catalogue, val, say):
    """Lives one day on a database: saves what came in, extracts, reconciles, and lets time pass. May be begun again."""

    def claims_of(article, told):
        for quote, predicate, spelling, *more in told:
            fields = more[0] if more else {}
            start = article.text.index(quote)
            end = start + len(quote)
            subject, object_, attributed = fields.get("subject", "lenovo"), fields.get("object"), fields.get("attributed_to")
            modality, around = Modality(fields.get("modality", "actual")), fields.get("qualifiers", {})
            key = (subject, predicate, object_, around, val(spelling), modality, attributed)
            claim = say(article.publisher, spelling, predicate=predicate, subject=subject, object_=object_, modality=modality)
            yield replace(
                claim,
                id=identity.claim_id(article.revision, start, end, *key),
                article=article.id,
                revision=article.revision,
                source="desk",
                authority=article.authority,
                qualifiers=around,
                attributed_to=attributed,
                as_of=article.updated or article.published or article.seen_at,
                published_estimated=article.published is None,
                evidence=replace(claim.evidence, quote=quote, start=start, end=end),
                observed_at=article.seen_at,
            )

    def day(database, script):
        now = datetime.combine(script["day"], time(18), UTC)
        scripted = {}
        for piece in script.get("articles", ()):
            entry = Entry(
                source="desk", url=piece["url"], title=piece["url"].rpartition("/")[2], body=piece["text"],
                media_type="text/plain", language="en", publisher=piece["publisher"], published=piece["published"],
                updated=piece.get("updated"), authority=Authority(piece.get("authority", "press")),
            )  # fmt: skip
            article = read(entry, now=now)
            scripted[article.revision] = article, piece["claims"]
            with database.write() as s:
                save_article(s, article, history=piece["publisher"] == "old-chronicle")
        with database.read() as s:
            waiting = pending_extraction(s, "script", "1", 100)
        for revision in waiting:
            article, told = scripted[revision]
            with database.write() as s:
                made = [replace(claim, extractor="script") for claim in claims_of(article, told)]
                save_claims(s, revision, "script", "1", made)
        with database.read() as s:
            pending = pending_reconcile(s, 100)
        for revision in pending:
            with database.write() as s:
                reconcile(s, catalogue, [revision], now=now)
        with database.write() as s:
            tick(s, catalogue, now=now)
        if "gone" in script:
            with database.write() as s:
                mark_gone(s, article_by_url(s, script["gone"]).id, now)
        for ruling in filter(None, (script.get("verdict"), script.get("undo"))):
            with database.write() as s:
                (fact,) = (f for f in list_facts(s, entity=ruling["subject"]) if f.predicate == ruling["predicate"])
                if "act" not in ruling:
                    take_back(s, catalogue, fact.id, why=ruling["why"], by=ruling["by"], now=now)
                    continue
                by = {claim.publisher: claim.id for claim, _ in claims_of_fact(s, fact.id)}
                judge(s, catalogue, fact.id, VerdictAct(ruling["act"]), claim=by[ruling["publisher"]], why=ruling["why"],
                      by=ruling["by"], now=now)  # fmt: skip

    return day


def told(database: Database) -> str:
    """The ledger, one entry a line."""
    with database.read() as s:
        entries = list_changes(s)
    lines = []
    for entry in entries:
        about = f"{entry.subject} {entry.predicate}" if entry.fact else "article"
        marks = f"{' (history)' if entry.history else ''}{f' [{entry.cause}]' if entry.cause != 'news' else ''}"
        lines.append(f"{entry.observed_at:%d %b}  {entry.kind:<14} {about}: {entry.reason}{marks}")
        lines += [f"                       {line}" for line in (entry.detail or "").splitlines()]
    return "\n".join(lines) + "\n"


def stored(database: Database):
    """All that a database holds of claims, facts and the ledger."""
    with database.read() as s:
        return list(all_claims(s)), list_facts(s), list_changes(s)


def test_every_kind_of_change_happens_as_written(open_database, fortnight, live, catalogue, root: Path, request) -> None:
    database = open_database()
    for script in fortnight:
        live(database, script)
    golden = root / "tests/data/fortnight/ledger.txt"
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(told(database), encoding="utf-8")
    assert told(database) == golden.read_text(encoding="utf-8")
    _, _, ledger = stored(database)
    assert {entry.kind for entry in ledger} == set(ChangeKind)
    with database.read() as s:
        assert check(s, catalogue, now=ledger[-1].observed_at) == []


def test_the_ledger_replayed_from_the_start_gives_the_facts(open_database, fortnight, live, catalogue) -> None:
    database = open_database()
    for script in fortnight:
        live(database, script)
        _, facts, ledger = stored(database)
        states = {entry.fact: entry.after for entry in ledger if entry.fact}
        assert states.keys() == {fact.id for fact in facts}
        for fact in facts:
            assert same_standing(states[fact.id], fact.state, catalogue.by_key[fact.predicate])
        with database.read() as s:
            then = believed(s, facts, datetime.combine(script["day"], time(23), UTC))
        assert [(f.id, f.state.status, f.independent_sources, f.verdict) for f in then] == [
            (f.id, f.state.status, f.independent_sources, f.verdict) for f in facts
        ]


class PowerCutError(Exception):
    """The process ends here."""


class Faults:
    """Cuts the power at the n-th commit from now on, just before it or just after."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left, self.after = -1, False
        real = Database.write

        @contextmanager
        def write(database: Database, *, exclusive: bool = True) -> Iterator[object]:
            self.left -= 1
            with real(database, exclusive=exclusive) as s:
                yield s
                if self.left == 0 and not self.after:
                    raise PowerCutError
            if self.left == 0 and self.after:
                raise PowerCutError

        monkeypatch.setattr(Database, "write", write)

    def at(self, number: int, *, after: bool) -> None:
        self.left, self.after = number, after


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
def test_a_power_cut_at_any_commit_changes_nothing_in_the_end(tmp_path: Path, fortnight, live, monkeypatch, after) -> None:
    def opened(name: str) -> Database:
        return Database.open(f"sqlite:///{tmp_path / name}.db")

    undisturbed = opened("undisturbed")
    undisturbed.upgrade()
    with undisturbed.write() as s:
        ensure_manual_source(s, "desk", "The desk")
    faults = Faults(monkeypatch)
    cuts = 0
    for script in fortnight:
        morning = f"morning-{script['day']}"
        undisturbed.backup(tmp_path / f"{morning}.db")
        live(undisturbed, script)
        number = 1
        while True:
            morning_again = opened(morning)
            morning_again.backup(tmp_path / f"{morning}-{number}.db")
            morning_again.close()
            database = opened(f"{morning}-{number}")
            faults.at(number, after=after)
            try:
                live(database, script)
            except PowerCutError:
                live(database, script)
            else:
                faults.at(-1, after=after)
                database.close()
                break
            assert stored(database) == stored(undisturbed), (script["day"], number)
            database.close()
            cuts += 1
            number += 1
    assert cuts > 60
    undisturbed.close()

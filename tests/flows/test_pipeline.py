from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from flows import intake, pipeline, schedule
from flows.account import Account
from flows.export import Exporter
from flows.newsroom import Newsroom
from flows.settings import Settings
from storage.articles import list_articles, load_revisions
from storage.changes import last_seq, list_changes
from storage.claims import claims_by_id
from storage.facts import list_facts
from storage.model import ArticleState, ChangeKind

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
Open = Callable[[], Newsroom]


class Remembering:
    """An extractor that reads each text once: orders are what is tried here, not extraction."""

    def __init__(self, extractor: Any) -> None:
        self._extractor = extractor
        self._known: dict[str, Any] = {}

    def extract(self, article: Any, *, now: datetime) -> Any:
        if article.revision not in self._known:
            self._known[article.revision] = self._extractor.extract(article, now=now)
        return self._known[article.revision]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Remembering]:
    """A home whose database has its tables, to copy."""
    home = tmp_path_factory.mktemp("prepared")
    room = Newsroom(Settings(home=home, config_file=home / "none.toml"), NOW)
    schedule.prepare(room)
    room.database.close()
    return home, Remembering(room.extractor)


@pytest.fixture
def open_room(prepared: tuple[Path, Remembering], tmp_path: Path) -> Open:
    """Opens a fresh newsroom each time it is called."""
    opened = 0

    def open_() -> Newsroom:
        nonlocal opened
        opened += 1
        home = tmp_path / str(opened)
        shutil.copytree(prepared[0], home)
        room = Newsroom(Settings(home=home, config_file=home / "none.toml"), NOW)
        room.__dict__["extractor"] = prepared[1]
        return room

    return open_


def ingested(room: Newsroom, *batches: Sequence[Path]) -> Account:
    account = Account()
    for paths in batches:
        account += intake.ingest(room, paths, source="manual")
        account += pipeline.work_off(room)
    return account


def exported(room: Newsroom) -> list[dict[str, Any]]:
    with room.database.read() as s:
        facts = list_facts(s)
        claims = claims_by_id(s, {id_ for fact in facts for side in (*fact.state.sides, *fact.superseded) for id_ in side.claims})
        revisions = {a.revision: a for a in load_revisions(s, sorted({claim.revision for claim in claims.values()}))}
    exporter = Exporter(claims, revisions)
    return [row for fact in facts for row in (exporter.fact(fact), *exporter.history(fact))]


@pytest.fixture(scope="module")
def pieces(seeds: Path) -> list[Path]:
    found = sorted((seeds / "articles").glob("*.md"))
    assert len(found) == 4
    return found


def test_every_order_of_the_seeds_gives_the_same_facts(open_room: Open, pieces: list[Path]) -> None:
    first = open_room()
    ingested(first, pieces)
    expected = exported(first)
    assert len(expected) > 10
    for order in permutations(pieces):
        room = open_room()
        ingested(room, *([piece] for piece in order))
        assert exported(room) == expected, [piece.name for piece in order]
        room.database.close()
        shutil.rmtree(room.settings.home)


def test_doing_it_again_adds_nothing(open_room: Open, pieces: list[Path]) -> None:
    room = open_room()
    first = ingested(room, pieces)
    assert (first.new, first.same, first.unreadable) == (4, 0, ())
    assert first.claims > 0
    with room.database.read() as s:
        before = exported(room), last_seq(s)
    second = ingested(room, pieces, pieces[:2])
    assert (second.new, second.edited, second.same, second.claims, second.changes) == (0, 0, 6, 0, {})
    with room.database.read() as s:
        assert (exported(room), last_seq(s)) == before


def test_the_seeds_are_taken_once_and_again_when_they_change(open_room: Open, tmp_path: Path, seeds: Path) -> None:
    room = open_room()
    assert intake.take_seeds(room).new == 4
    assert intake.seeds_changed(room) is None
    assert intake.take_seeds(room) == Account()
    quiet = Newsroom(Settings(home=tmp_path / "x", config_file=tmp_path / "none.toml", seeds=False), NOW)
    assert intake.seeds_changed(quiet) is None


def test_a_crash_between_any_two_steps_loses_nothing(open_room: Open, pieces: list[Path]) -> None:
    whole, broken = open_room(), open_room()
    ingested(whole, pieces)
    intake.ingest(broken, pieces, source="manual")
    pipeline.extract(broken, pipeline.unextracted(broken, 2))  # … and the process is gone
    pipeline.settle(broken, pipeline.unreconciled(broken, 1))
    pipeline.work_off(broken)
    assert exported(broken) == exported(whole)


def test_a_changed_watchlist_is_for_what_comes_and_for_the_rest_on_request(
    open_room: Open, pieces: list[Path], seeds: Path
) -> None:
    room = open_room()
    ingested(room, pieces)
    assert pipeline.unextracted(room) == []
    text = (seeds / "watchlist.yaml").read_text(encoding="utf-8")
    (room.settings.home / "watchlist.yaml").write_text(
        text.replace("topics:", "  - {key: zz, name: Zz, kind: org}\ntopics:"), encoding="utf-8"
    )
    later = Newsroom(room.settings, NOW)
    assert pipeline.unextracted(later) == []
    assert pipeline.outdated(later).notes == (
        "note      4 texts read with another version, watchlist or catalogue (run --reextract)",
    )
    assert pipeline.anything_to_do(later, digest=False, again=True)
    account = pipeline.work_off(later, again=True)
    assert (account.reread, account.changes) == (4, {})
    assert "reread    4 texts, better: nothing" in account.lines
    assert pipeline.outdated(later) == Account()
    assert pipeline.unextracted(later, again=True) == []


def test_what_another_extractor_reads_differently_is_no_news(open_room: Open, pieces: list[Path]) -> None:
    room = open_room()
    ingested(room, pieces)
    inner = room.extractor

    class Shy:
        def extract(self, article: Any, *, now: datetime) -> Any:
            found = inner.extract(article, now=now)
            return replace(found, claims=tuple(claim for claim in found.claims if claim.predicate != "net_profit"))

    newer = Newsroom(room.settings, NOW)
    newer.__dict__ |= {"extractor": Shy(), "extractor_version": "2"}
    account = pipeline.work_off(newer, again=True)
    assert account.reread == 4
    assert account.changes == account.reading
    assert set(account.reading) == {"withdrawn"}
    with room.database.read() as s:
        entries = list_changes(s, kind=ChangeKind.WITHDRAWN)
    assert [Exporter({}, {}).change(entry)["cause"] for entry in entries] == ["reading"] * len(entries)


def test_what_cannot_be_read_is_told_and_the_rest_goes_through(
    open_room: Open, pieces: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    shutil.copy(pieces[0], folder)
    (folder / "binary.txt").write_bytes(b"PK\x03\x04\x00\x00\x00")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "latin.txt").write_bytes("Grüße".encode("latin-1"))
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "broken.md").write_text("---\ntitle: [\n---\ntext\n", encoding="utf-8")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    account = intake.ingest(open_room(), [folder, tmp_path / "missing.txt"], source="manual")
    assert account.new == 1
    assert sorted(Path(where.split(":")[0]).name for where in account.unreadable) == [
        "binary.txt", "broken.md", "empty.txt", "huge.txt", "latin.txt", "missing.txt", "picture.png",
    ]  # fmt: skip


def test_a_text_the_extractor_fails_on_stops_no_other(
    open_room: Open, pieces: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = open_room()
    intake.ingest(room, pieces, source="manual")
    with room.database.read() as s:
        first = list_articles(s)[0]
    inner = room.extractor

    class Failing:
        def extract(self, article: Any, *, now: datetime) -> Any:
            if article.title == first.title:
                raise ZeroDivisionError("a rule went wrong")
            return inner.extract(article, now=now)

    room.__dict__["extractor"] = Failing()
    account = pipeline.work_off(room)
    assert account.unreadable == (first.url,)
    assert account.claims > 0
    assert pipeline.unextracted(room) == []
    again = Newsroom(room.settings, NOW)  # the next run, with the rule mended
    assert pipeline.unextracted(again) == [first.revision]
    assert pipeline.work_off(again).unreadable == ()


def test_a_text_the_extractor_fails_on_keeps_the_claims_it_had(open_room: Open, pieces: list[Path]) -> None:
    room = open_room()
    ingested(room, pieces)
    before = exported(room)

    class Failing:
        def extract(self, article: Any, *, now: datetime) -> Any:
            raise ZeroDivisionError("a rule went wrong")

    worse = Newsroom(room.settings, NOW)
    worse.__dict__ |= {"extractor": Failing(), "extractor_version": "2"}
    account = pipeline.work_off(worse, again=True)
    assert len(account.unreadable) == 4
    assert account.changes == {}
    assert exported(worse) == before


def test_nothing_is_to_be_done_after_all_is_done(open_room: Open) -> None:
    room = open_room()
    assert pipeline.anything_to_do(room, digest=False)
    intake.take_seeds(room)
    assert pipeline.anything_to_do(room, digest=False)
    pipeline.work_off(room)
    assert not pipeline.anything_to_do(room, digest=False)
    assert pipeline.anything_to_do(room, digest=True)  # nobody has been told yet


def test_exports_are_lines_of_json_in_order(open_room: Open, pieces: list[Path]) -> None:
    room = open_room()
    ingested(room, pieces)
    rows = exported(room)
    assert json.loads(json.dumps(rows)) == rows
    keys = [(row["subject"], row["predicate"], row["object"] or "") for row in rows]
    assert keys == sorted(keys)
    with room.database.read() as s:
        texts = {article.revision: article.text for article in list_articles(s)}
        assert all(article.state is ArticleState.READ for article in list_articles(s))
    for row in rows:
        for item in row["evidence"]:
            assert texts[item["revision"]][item["start"] : item["end"]] == item["quote"]


@pytest.mark.parametrize(
    ("account", "lines"),
    [
        (Account(), ["read      no articles", "claimed   0 claims", "changed   nothing"]),
        (
            Account(
                polled=3,
                unchanged=1,
                failed=("a",),
                new=2,
                set_aside=1,
                claims=1,
                changes={"new": 1, "refined": 2},
                digests=("d",),
            ),
            [
                "fetched   2 of 3 sources, 1 unchanged",
                "read      2 new articles (1 set aside)",
                "claimed   1 claim",
                "changed   1 new, 2 refined",
                "failed    1 source (deltawire sources list)",
                "digest    d",
            ],
        ),
    ],
)
def test_the_account_in_words(account: Account, lines: list[str]) -> None:
    assert list(account.lines) == lines


def test_accounts_add_up() -> None:
    total = Account(new=1, failed=("a",), changes={"new": 1}) + Account(new=2, failed=("b",), changes={"new": 1, "due": 1})
    assert total == Account(new=3, failed=("a", "b"), changes={"new": 2, "due": 1})
    assert total.in_part
    assert not Account(new=1).in_part

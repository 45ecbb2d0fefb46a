"""`deltawire run` as a user runs it: a Prefect flow run over two feeds, twice, and with nothing reachable."""

from __future__ import annotations

import fcntl
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

NOISE = re.compile(r"traceback|warning|deprecat|prefect|uvicorn|httpx|asyncio", re.IGNORECASE)


def sources_yaml(address: str) -> str:
    feed = "  - {{name: {name}, title: {title}, url: '{address}/{path}', every: 1h, full_text: feed, match: {match}}}\n"
    return "sources:\n" + "".join(
        feed.format(name=name, title=title, address=address, path=path, match=match)
        for name, title, path, match in (
            ("harbour-wire", "Harbour Wire", "rss.xml", "watchlist"),
            ("chip-notes", "Chip Notes", "atom.xml", "all"),
        )
    )


def counts(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(home / "deltawire.db")) as database:
        return {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("articles", "revisions", "claims", "facts", "changes", "digests")
        }


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One Prefect database for all runs: making one takes ten seconds."""
    return tmp_path_factory.mktemp("prefect")


def test_two_feeds_twice_the_second_time_unchanged(tmp_path: Path, deltawire, feeds, prefect_home: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "sources.yaml").write_text(sources_yaml(feeds.address), encoding="utf-8")
    (home / "deltawire.toml").write_text('seeds = false\nallow_private_hosts = ["127.0.0.1"]\n', encoding="utf-8")

    first = deltawire(home, "run", "--now", "2026-01-07T12:00:00Z", PREFECT_HOME=str(prefect_home))
    assert first.returncode == 0, first.stdout + first.stderr
    assert not NOISE.search(first.stdout + first.stderr), first.stdout + first.stderr
    assert "fetched   2 of 2 sources" in first.stdout
    assert "read      3 new articles (1 set aside)" in first.stdout
    after_first = counts(home)
    assert after_first["articles"] == 3
    assert after_first["claims"] > 0
    assert after_first["digests"] == 1
    assert feeds.statuses("/rss.xml") == feeds.statuses("/atom.xml") == [200]
    assert "$846 million" in (home / "digests" / "default" / "latest.txt").read_text(encoding="utf-8")

    with closing(sqlite3.connect(prefect_home / "prefect.db")) as prefect:
        runs = prefect.execute("SELECT name, state_type FROM flow_run WHERE name LIKE '%2026-01-07 12:00%'").fetchall()
        tasks = {name.split()[0] for (name,) in prefect.execute("SELECT name FROM task_run WHERE state_type = 'COMPLETED'")}
        artifacts = {key for (key,) in prefect.execute("SELECT key FROM artifact WHERE key IS NOT NULL")}
    assert sorted(runs) == [
        ("publish default at 2026-01-07 12:00 UTC", "COMPLETED"),
        ("track at 2026-01-07 12:00 UTC", "COMPLETED"),
    ]
    assert tasks == {"poll", "extract", "reconcile", "digest"}
    assert artifacts == {"sources", "digest-default"}

    second = deltawire(home, "run", "--now", "2026-01-07T14:00:00Z", PREFECT_HOME=str(prefect_home))
    assert second.returncode == 0, second.stdout + second.stderr
    assert not NOISE.search(second.stdout + second.stderr), second.stdout + second.stderr
    assert "fetched   2 of 2 sources, 2 unchanged" in second.stdout
    assert feeds.statuses("/rss.xml") == feeds.statuses("/atom.xml") == [200, 304]
    assert feeds.sent_back[-1] == (f'W/"{feeds.answers[-1][0]}-1"', "Wed, 07 Jan 2026 10:00:00 GMT")
    assert counts(home) == after_first

    third = deltawire(home, "run", "--now", "2026-01-07T14:10:00Z")
    assert (third.returncode, third.stdout) == (0, "")
    assert third.stderr == "Nothing due, nothing new.\n"
    assert len(feeds.answers) == 4


def test_without_a_network_the_seeds_go_through_and_each_feed_has_its_line(
    tmp_path: Path, deltawire, feeds, prefect_home: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    gone = feeds.address.rpartition(":")[0] + ":9"  # the discard port: nobody listens
    (home / "sources.yaml").write_text(sources_yaml(gone), encoding="utf-8")
    (home / "deltawire.toml").write_text('allow_private_hosts = ["127.0.0.1"]\n', encoding="utf-8")

    ran = deltawire(home, "run", "--now", "2026-01-08", PREFECT_HOME=str(prefect_home))
    assert ran.returncode == 3, ran.stdout + ran.stderr
    assert not NOISE.search(ran.stdout + ran.stderr), ran.stdout + ran.stderr
    lines = ran.stderr.splitlines()
    assert sorted(line.split(":")[1].strip() for line in lines if line.startswith("unreachable:")) == [
        "chip-notes",
        "harbour-wire",
    ]
    assert "fetched   0 of 2 sources" in ran.stdout
    assert "failed    " in ran.stdout
    assert "read      4 new articles" in ran.stdout
    facts = [json.loads(line) for line in deltawire(home, "facts", "--format", "jsonl").stdout.splitlines()]
    assert any(fact["subject"] == "lenovo" and fact["predicate"] == "net_profit" for fact in facts)
    assert (home / "digests" / "default" / "latest.html").is_file()


def test_what_was_read_is_read_again_when_asked_and_told_apart_from_the_news(
    tmp_path: Path, deltawire, prefect_home: Path, seeds: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    (home / "deltawire.toml").write_text("seeds = false\n", encoding="utf-8")
    (home / "piece.md").write_text(
        "---\npublished: 2026-01-07\n---\nLenovo said revenue in the first half was $5 billion.\n", encoding="utf-8"
    )
    now = ("--now", "2026-01-08")
    assert deltawire(home, "ingest", str(home / "piece.md"), *now).returncode == 0
    assert deltawire(home, "digest", *now).returncode == 0
    catalogue = (seeds / "catalogue.yaml").read_text(encoding="utf-8")
    (home / "catalogue.yaml").write_text(catalogue.replace("  - key: revenue\n", "  - key: turnover\n"), encoding="utf-8")
    broken = deltawire(home, "run", *now)
    assert broken.returncode == 2  # what measures revenue has lost it
    renamed = catalogue.replace("  - key: revenue\n", "  - key: turnover\n").replace("of: revenue\n", "of: turnover\n")
    (home / "catalogue.yaml").write_text(renamed, encoding="utf-8")
    quiet = deltawire(home, "run", *now)
    assert "Nothing due, nothing new." in quiet.stderr
    assert "1 text read with another version, watchlist or catalogue (run --reextract)" in quiet.stderr
    again = deltawire(home, "run", "--reextract", *now, PREFECT_HOME=str(prefect_home))
    assert again.returncode == 0, again.stdout + again.stderr
    assert "changed   nothing\nreread    1 text, better: 1 withdrawn, 1 new\n" in again.stdout
    changes = [json.loads(line) for line in deltawire(home, "changes", "--format", "jsonl").stdout.splitlines()]
    assert [(row["predicate"], row["kind"], row["cause"]) for row in changes if row["predicate"]] == [
        ("revenue", "new", "news"),
        ("revenue", "withdrawn", "reading"),
        ("turnover", "new", "reading"),
    ]
    told = (home / "digests" / "default" / "latest.txt").read_text(encoding="utf-8")
    assert "BECAUSE THE READING IMPROVED" in told
    assert deltawire(home, "db", "check").returncode == 0


def test_a_second_run_at_the_same_time_is_told_to_try_later(tmp_path: Path, deltawire) -> None:
    with (tmp_path / "run.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        ran = deltawire(tmp_path, "run")
    assert (ran.returncode, ran.stdout) == (75, "")
    assert "another run is at work" in ran.stderr


@pytest.mark.parametrize("name", ["sources.yaml", "watchlist.yaml", "deltawire.toml"])
def test_a_mistake_in_a_file_is_named_and_nothing_is_done(tmp_path: Path, deltawire, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    text = "timout = 3\n" if name.endswith("toml") else f"# mine\n{name[:-5]}s:\n  - name: [\n"
    (home / name).write_text(text, encoding="utf-8")
    ran = deltawire(home, "run")
    assert ran.returncode == 2
    assert f"{name}:" in ran.stderr
    assert "Traceback" not in ran.stderr

"""The commands that do something: init, ingest, extract, evaluate, watch, digest, db, doctor."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import yaml

PIECE = """---
title: Lenovo grows
source: Harbour Wire
published: 2026-01-07
---
Lenovo said revenue in the first half was $5 billion.
"""


@pytest.fixture
def piece(tmp_path: Path) -> Path:
    path = tmp_path / "piece.md"
    path.write_text(PIECE, encoding="utf-8")
    return path


def test_init_writes_what_a_home_is_configured_by_and_leaves_what_is_there(deltawire, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    ran = deltawire("init", folder)
    assert ran.status == 0
    assert sorted(path.name for path in folder.iterdir()) == ["deltawire.toml", "sources.yaml", "watchlist.yaml"]
    assert all("#" in path.read_text(encoding="utf-8") for path in folder.iterdir())
    (folder / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    assert "kept" in deltawire("init", folder).err
    assert (folder / "sources.yaml").read_text(encoding="utf-8") == "sources: []\n"
    assert deltawire("--home", folder, "doctor").status == 0


def test_every_setting_named_in_the_starting_file_exists(deltawire, tmp_path: Path) -> None:
    deltawire("init")
    path = tmp_path / "home" / "deltawire.toml"
    settings = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ") and " = " in line]
    assert len(settings) >= 5
    path.write_text("\n".join(line.removeprefix("# ") for line in settings if "database_url" not in line), encoding="utf-8")
    assert deltawire("facts").status == 0


def test_ingest_tells_what_it_did_and_does_it_once(deltawire, piece: Path) -> None:
    first = deltawire("ingest", piece)
    assert (first.status, first.err) == (0, "")
    assert "read      1 new articles" in first.out
    second = deltawire("ingest", piece)
    assert "read      1 known articles" in second.out
    assert "claimed   0 claims" in second.out
    assert "changed   nothing" in second.out


def test_ingest_of_bad_documents_names_each_and_takes_the_others(deltawire, piece: Path, tmp_path: Path) -> None:
    bad = {
        "binary.txt": b"\x7fELF\x00\x00",
        "nul.md": b"a piece with a \x00 in it",
        "empty.txt": b"",
        "latin.txt": b"caf\xe9",
        "wrong.md": b"---\ntitle: x\npublished: soon\n---\nA text.\n",
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    names = [*bad, "huge.txt", "missing.txt"]
    ran = deltawire("ingest", *(tmp_path / name for name in names), piece)
    assert ran.status == 3
    assert "read      1 new articles" in ran.out
    assert "not read  7 documents" in ran.out
    told = ran.err.splitlines()
    assert len(told) == len(names)
    for name, line in zip(names, told, strict=True):
        assert line.startswith(f"not read: {tmp_path / name}")
    assert "wrong.md:3: published" in ran.err
    assert "Traceback" not in ran.err


def test_ingest_of_nothing_readable_has_failed(deltawire, tmp_path: Path) -> None:
    ran = deltawire("ingest", tmp_path / "missing.txt")
    assert ran.status == 1
    assert "missing.txt: no such file" in ran.err


def test_ingest_takes_a_publication_time_for_documents_without_one(deltawire, tmp_path: Path) -> None:
    path = tmp_path / "undated.txt"
    path.write_text("Lenovo said revenue in the first half was $5 billion.\n", encoding="utf-8")
    deltawire("ingest", path, "--published", "2026-01-05", "--source", "clippings")
    (article,) = json.loads(deltawire("articles", "--format", "json").out)
    assert (article["published"], article["source"]) == ("2026-01-05T00:00:00Z", "clippings")
    assert deltawire("ingest", path, "--source", "No Good").status == 2
    assert deltawire("ingest", path, "--published", "soon").status == 2


def test_extract_prints_claims_under_the_path_given_and_stores_nothing(deltawire, seeds: Path) -> None:
    path = min((seeds / "articles").glob("*.md"))
    ran = deltawire("extract", path, "--format", "jsonl")
    assert ran.status == 0
    claims = [json.loads(line) for line in ran.out.splitlines()]
    assert {claim["article"] for claim in claims} == {str(path)}
    fields = {
        "subject",
        "predicate",
        "object",
        "qualifiers",
        "value",
        "modality",
        "attributed_to",
        "evidence",
        "extractor",
        "confidence",
    }
    assert all(fields <= claim.keys() for claim in claims)
    assert all({"quote", "start", "end"} <= claim["evidence"].keys() for claim in claims)
    assert deltawire("articles").out == ""
    in_folder = deltawire("extract", seeds / "articles", "--format", "jsonl").out.splitlines()
    assert str(path) in {json.loads(line)["article"] for line in in_folder}
    assert "subject" in deltawire("extract", path).out.splitlines()[0]


def test_extract_explains_itself_on_stderr(deltawire, seeds: Path) -> None:
    path = min((seeds / "articles").glob("*.md"))
    ran = deltawire("extract", path, "--explain", "--format", "jsonl")
    assert "fired" in ran.err
    assert all(json.loads(line) for line in ran.out.splitlines())


def test_extract_of_a_missing_document_fails_and_of_one_among_others_in_part(deltawire, piece: Path) -> None:
    assert deltawire("extract", "missing.txt").status == 1
    assert deltawire("extract", "missing.txt", piece).status == 3


def test_evaluate_counts_hits_misses_and_false_claims(deltawire, tmp_path: Path, piece: Path) -> None:
    fact = {"subject": "lenovo", "predicate": "revenue", "object": None, "value": None, "quote": "Lenovo said revenue"}
    value = {"kind": "money", "amount": "5000000000", "currency": "USD", "low": None, "high": None, "modifier": "exact"}
    gold = {"article": "piece.md", "facts": [{**fact, "value": value}, {**fact, "predicate": "headcount"}], "traps": []}
    (tmp_path / "piece.json").write_text(json.dumps(gold), encoding="utf-8")
    ran = deltawire("evaluate", tmp_path, "--format", "json")
    assert ran.status == 0
    figures = json.loads(ran.out)
    assert figures["by_predicate"]["headcount"] == {"hit": 0, "missed": 1, "false": 0}
    assert figures["gold"] == 2
    listed = deltawire("evaluate", tmp_path, "--errors").out
    assert "MISSED piece: lenovo headcount" in listed
    assert "precision" in listed


def test_evaluate_without_gold_files_is_wrong_usage(deltawire, tmp_path: Path) -> None:
    ran = deltawire("evaluate", tmp_path)
    assert ran.status == 2
    assert "no gold files" in ran.err
    (tmp_path / "a.json").write_text('{"article": ', encoding="utf-8")
    ran = deltawire("evaluate", tmp_path)
    assert ran.status == 2
    assert "a.json" in ran.err


def test_watch_list_and_test(deltawire, piece: Path, tmp_path: Path) -> None:
    listed = deltawire("watch", "list").out
    assert "lenovo" in listed
    assert "topic " in listed
    assert deltawire("watch", "test", piece).status == 0
    other = tmp_path / "harbour.txt"
    other.write_text("Two ferries came in on time and one left late. The weather was fair.\n", encoding="utf-8")
    ran = deltawire("watch", "test", other)
    assert ran.status == 1
    assert "no topic" in ran.out


def test_digest_tells_once_and_previews_without_telling(deltawire, home: Path, tmp_path: Path) -> None:
    preview = deltawire("digest", "--preview", "--format", "txt")
    assert preview.status == 0
    assert Path(preview.out.strip()).read_text(encoding="utf-8")
    first = deltawire("digest", "--out", tmp_path / "out")
    assert sorted(Path(line).name for line in first.out.splitlines()) == ["digest.html", "digest.json", "digest.md", "digest.txt"]
    second = deltawire("digest")
    assert (second.status, second.out, second.err) == (0, "", "Nothing has changed since the last digest.\n")
    again = deltawire("digest", "--since", "2026-01-01", "--format", "md")
    assert again.out.strip().endswith("digest.md")
    assert deltawire("digest", "--profile", "nobody").status == 2


def test_a_profile_is_a_table_of_the_settings(deltawire, home: Path) -> None:
    (home / "deltawire.toml").write_text('[profiles.chips]\ntitle = "Chips"\nentities = ["nvidia"]\n', encoding="utf-8")
    ran = deltawire("digest", "--profile", "chips", "--format", "txt")
    assert ran.status == 0
    assert (home / "digests" / "chips" / "latest.txt").is_file()
    (home / "deltawire.toml").write_text('[profiles.chips]\ntitel = "Chips"\n', encoding="utf-8")
    ran = deltawire("digest", "--profile", "chips")
    assert ran.status == 2
    assert "deltawire.toml:2: profiles.chips.titel" in ran.err


def test_check_passes_and_finds_a_tampered_quote(deltawire, home: Path) -> None:
    sound = deltawire("db", "check")
    assert (sound.status, sound.out) == (0, "")
    assert "all sound" in sound.err
    with closing(sqlite3.connect(home / "deltawire.db")) as database, database:
        columns = {row[1] for row in database.execute("PRAGMA table_info(claims)")}
        assert "quote" in columns
        database.execute("UPDATE claims SET quote = 'X' || substr(quote, 2) WHERE id = (SELECT min(id) FROM claims)")
    tampered = deltawire("db", "check")
    assert tampered.status == 1
    assert "evidence" in tampered.out


def test_repair_rebuilds_facts_and_nothing_else(deltawire, home: Path) -> None:
    sound = deltawire("facts", "--format", "jsonl").out
    ledger = deltawire("changes", "--format", "jsonl").out
    with closing(sqlite3.connect(home / "deltawire.db")) as database, database:
        database.execute("UPDATE facts SET independent_sources = 7 WHERE id = (SELECT min(id) FROM facts)")
        database.execute("DELETE FROM facts WHERE id = (SELECT max(id) FROM facts)")
    broken = deltawire("db", "check")
    assert broken.status == 1
    assert broken.out.count("fact ") >= 2
    repaired = deltawire("db", "check", "--repair")
    assert repaired.status == 0, repaired.out
    assert repaired.out.count("repaired ") == 2
    assert "all sound" in repaired.err
    assert deltawire("db", "check").out == ""
    assert deltawire("facts", "--format", "jsonl").out == sound
    assert deltawire("changes", "--format", "jsonl").out == ledger


def test_upgrade_and_backup(deltawire, home: Path, tmp_path: Path) -> None:
    assert deltawire("db", "upgrade").status == 0
    copy = tmp_path / "copy.db"
    assert deltawire("db", "backup", copy).status == 0
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM articles").fetchone() == (5,)


def test_a_newer_database_is_refused_in_one_line(deltawire, home: Path) -> None:
    with closing(sqlite3.connect(home / "deltawire.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    ran = deltawire("facts")
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1
    assert "9999" in ran.err


def test_a_database_that_is_none_and_one_that_is_away_say_so(deltawire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "deltawire.db").write_bytes(b"not a database" * 100)
    ran = deltawire("facts")
    assert ran.status == 75
    assert "deltawire.db" in ran.err
    monkeypatch.setenv("DELTAWIRE_DATABASE_URL", "postgresql+psycopg://user:hunter2@127.0.0.1:9/none")
    away = deltawire("facts")
    assert away.status == 75
    assert "hunter2" not in away.err


def test_doctor_examines_each_thing_and_never_prints_a_secret(deltawire, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = deltawire("doctor")
    assert ran.status == 0, ran.out
    for about in ("home", "database", "watchlist", "catalogue", "sources", "prefect", "mail"):
        assert about in ran.out
    (home / "watchlist.yaml").write_text(yaml.safe_dump({"entities": [{"key": "A B"}]}), encoding="utf-8")
    monkeypatch.setenv("DELTAWIRE_PROXY", "http://user:hunter2@proxy")
    broken = deltawire("doctor")
    assert broken.status == 1
    assert "watchlist.yaml:" in broken.out
    assert "hunter2" not in broken.out + broken.err


def test_now_is_taken_before_and_after_the_command(deltawire, piece: Path) -> None:
    deltawire("--now", "2026-02-01", "ingest", piece)
    deltawire("ingest", piece.rename(piece.with_name("other.md")), "--now", "2026-03-01")
    seen = {article["seen_at"] for article in json.loads(deltawire("articles", "--format", "json").out)}
    assert seen == {"2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"}
    assert deltawire("facts", "--now", "yesterday").status == 2


def test_a_second_reading_is_asked_for_and_shown_as_no_news(deltawire, piece: Path, tmp_path: Path, seeds: Path) -> None:
    deltawire("ingest", piece)
    text = (seeds / "watchlist.yaml").read_text(encoding="utf-8")
    renamed = text.replace("topics:", "  - {key: zz, name: Zz, kind: org}\ntopics:")
    (tmp_path / "home" / "watchlist.yaml").write_text(renamed, encoding="utf-8")
    assert "claimed   0 claims" in deltawire("ingest", piece).out
    assert "--reextract" in deltawire("run", "--help").out
    rows = [json.loads(line) for line in deltawire("changes", "--format", "jsonl").out.splitlines()]
    assert {row["cause"] for row in rows} == {"news"}


@pytest.fixture
def with_model(chat, monkeypatch: pytest.MonkeyPatch):
    """Settings of a language model on loopback, with a key that nothing may print."""
    monkeypatch.setenv("DELTAWIRE_LLM_BASE_URL", chat.url)
    monkeypatch.setenv("DELTAWIRE_LLM_MODEL", "parrot")
    monkeypatch.setenv("DELTAWIRE_LLM_API_KEY", "sk-hunter2")
    monkeypatch.setenv("DELTAWIRE_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    return chat


def test_extract_asks_a_model_only_when_told_and_shows_what_it_says(deltawire, piece: Path, with_model) -> None:
    true = {
        "quote": "revenue in the first half was $5 billion",
        "subject": "Lenovo",
        "predicate": "revenue",
        "value": "$5 billion",
    }
    with_model.answers(true, true | {"value": "$6 billion"})
    alone = deltawire("extract", piece, "--format", "jsonl")
    assert with_model.asked == []
    both = deltawire("extract", piece, "--format", "jsonl", "--llm", "--explain")
    assert both.status == 0
    assert len(with_model.asked) == 1
    assert "llm:parrot dropped: the value does not stand in the quote" in both.err
    (was,), rows = ([json.loads(line) for line in ran.out.splitlines()] for ran in (alone, both))
    assert {row["extractor"] for row in rows} <= {"rules", "llm:parrot"}
    assert [row["value"] for row in rows] == [was["value"]]
    assert deltawire("extract", piece, "--llm").out  # from the cache
    assert len(with_model.asked) == 1


def test_extract_with_a_model_that_is_not_set_up_is_wrong_usage(deltawire, piece: Path) -> None:
    ran = deltawire("extract", piece, "--llm")
    assert (ran.status, ran.out) == (2, "")
    assert "llm_base_url" in ran.err


def test_doctor_tells_of_the_model_and_not_its_key(deltawire, piece: Path, with_model, monkeypatch: pytest.MonkeyPatch) -> None:
    with_model.answers()
    deltawire("ingest", piece)
    ran = deltawire("doctor")
    assert f"parrot at {with_model.url}, with a key; today 1 requests, 100 tokens" in ran.out
    assert "hunter2" not in ran.out + ran.err
    monkeypatch.delenv("DELTAWIRE_LLM_MODEL")
    assert "belong together" in deltawire("doctor").out
    monkeypatch.delenv("DELTAWIRE_LLM_BASE_URL")
    assert "the rules read alone" in deltawire("doctor").out
    monkeypatch.setenv("DELTAWIRE_LLM_BASE_URL", "https://anna:hunter2@models.example/v1")
    wrong = deltawire("doctor")
    assert "llm_base_url" in wrong.out + wrong.err
    assert "hunter2" not in wrong.out + wrong.err


def test_a_fact_shows_that_another_reader_disagrees(deltawire, piece: Path, with_model) -> None:
    text = piece.read_text(encoding="utf-8") + "On a napkin in the lobby stood $6 billion.\n"
    piece.write_text(text, encoding="utf-8")
    rows = [json.loads(line) for line in deltawire("extract", piece, "--format", "jsonl").out.splitlines()]
    sure = next(row for row in rows if row["predicate"] == "revenue")
    quote = "On a napkin in the lobby stood $6 billion."
    with_model.answers(
        {"quote": quote, "subject": "Lenovo", "predicate": "revenue", "value": "$6 billion", "period": "the first half"}
    )
    deltawire("ingest", piece)
    facts = [
        json.loads(line) for line in deltawire("facts", "lenovo", "--predicate", "revenue", "--format", "jsonl").out.splitlines()
    ]
    assert any(item["confidence"] != sure["confidence"] for fact in facts for item in fact["evidence"])
    assert any("llm:parrot disagrees: " in deltawire("show", fact["id"]).out for fact in facts)

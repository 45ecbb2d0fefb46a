"""The command `verdict`: recorded under a name, in force at once, shown wherever the fact is, and undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PIECE = """---
title: Lenovo's quarter
source: {source}
url: https://{source}.example/quarter
published: {day}
---
{lead}

Lenovo said revenue in the first half of fiscal 2025/26 was {amount}.
"""
LEADS = {  # each paper tells a story of its own
    "harbour-wire": "The harbour was quiet on Monday, and the few traders who had come in early drank their coffee standing up.",
    "quay-post": "Nobody at the exchange had counted on figures before lunch; then a clerk came running down the stairs.",
    "mole-news": "A week of rain is over. From the end of the mole one sees cranes again, and behind them a row of new sheds.",
}


def piece(source: str, amount: str, day: str) -> str:
    return PIECE.format(source=source, amount=amount, day=day, lead=LEADS[source])


@pytest.fixture
def fact(deltawire, tmp_path: Path):
    """A figure two papers differ on, and a look at how it stands."""
    for source, amount, day in (("harbour-wire", "$5.1 billion", "2026-01-05"), ("quay-post", "$6.4 billion", "2026-01-06")):
        path = tmp_path / f"{source}.md"
        path.write_text(piece(source, amount, day), encoding="utf-8")
        assert deltawire("ingest", path).status == 0

    def look(*options):
        found = json.loads(deltawire("facts", "lenovo", "--predicate", "revenue", "--format", "json", *options).out)
        return found[0] if len(found) == 1 else found

    assert look()["status"] == "disputed"
    return look


def claim_of(deltawire, fact, source):
    """The id `show` prints for the claim of a source."""
    lines = deltawire("show", fact["id"]).out.splitlines()
    place = next(number for number, line in enumerate(lines) if line.strip().startswith(f"{source} ("))
    return lines[place + 1].split()[-1]


def test_a_preference_settles_a_dispute_and_taking_it_back_reopens_it(deltawire, fact, tmp_path: Path) -> None:
    disputed = fact()
    preferred = claim_of(deltawire, disputed, "quay-post")
    ran = deltawire("verdict", disputed["id"][:9], "prefer", "--claim", preferred, "--why", "the filing", "--by", "anna")
    assert ran.status == 0
    assert "recorded: prefer by anna: the filing" in ran.out
    assert "resolved: 6.4 billion USD stands" in ran.out
    settled = fact()
    assert (settled["status"], settled["value"]["amount"]) == ("current", "6400000000")
    assert settled["verdict"] == "prefer by anna: the filing"
    assert "prefer by anna: the filing" in deltawire("show", settled["id"]).out
    assert "prefer by anna: the filing" in deltawire("facts", "lenovo").out
    told = Path(deltawire("digest", "--format", "txt", "--preview").out.strip()).read_text(encoding="utf-8")
    assert "prefer by anna: the filing" in " ".join(told.split())

    undone = deltawire("verdict", settled["id"], "undo", "--why", "a draft, not the filing", "--now", "2026-01-11")
    assert "taken back" in undone.out
    assert "(taken back: prefer by anna: the filing)" in undone.out
    again = fact()
    assert "verdict" not in again
    assert {side["value"]["amount"] for side in again["values"]} == {"5100000000", "6400000000"}
    shown = deltawire("show", again["id"]).out
    assert "a draft, not the filing" in shown
    assert deltawire("db", "check").status == 0
    nothing = deltawire("verdict", again["id"], "undo", "--why", "once more")
    assert nothing.status == 1
    assert "no verdict" in nothing.err


def test_a_rejected_fact_is_withdrawn_and_a_later_report_reopens_the_question(deltawire, fact, tmp_path: Path) -> None:
    known = fact()
    assert deltawire("verdict", known["id"], "reject", "--why", "another company", "--by", "ben").status == 0
    assert fact()["status"] == "withdrawn"
    path = tmp_path / "later.md"
    path.write_text(piece("mole-news", "$7 billion", "2026-01-12"), encoding="utf-8")
    assert deltawire("--now", "2026-01-12T09:00:00Z", "ingest", path).status == 0
    back = fact()
    assert (back["status"], back["value"]["amount"]) == ("current", "7000000000")
    assert "reopened" in back["verdict"]


def test_the_name_comes_from_the_settings_where_no_flag_gives_it(deltawire, fact, tmp_path: Path) -> None:
    (tmp_path / "home" / "deltawire.toml").write_text('name = "Anna Lindqvist"\n', encoding="utf-8")
    ran = deltawire("verdict", fact()["id"], "reject", "--why", "no")
    assert "reject by Anna Lindqvist: no" in ran.out


def test_what_was_believed_then_knows_nothing_of_later_verdicts(deltawire, fact) -> None:
    id_ = fact()["id"]
    preferred = claim_of(deltawire, fact(), "harbour-wire")
    ruling = ("verdict", id_, "prefer", "--claim", preferred, "--why", "signed", "--by", "anna", "--now", "2026-01-20")
    assert deltawire(*ruling).status == 0
    then = fact("--believed-at", "2026-01-15")
    assert (then["status"], "verdict" in then) == ("disputed", False)
    assert fact("--believed-at", "2026-01-21")["verdict"] == "prefer by anna: signed"
    assert fact("--believed-at", "2026-01-01") == []
    # what is believed now about an earlier day heeds what has been ruled since
    assert fact("--as-of", "2026-01-15")["status"] == "current"
    assert fact("--as-of", "2026-01-15", "--believed-at", "2026-01-15")["status"] == "disputed"
    assert fact("--as-of", "2026-01-05T12:00:00Z")["value"]["amount"] == "5100000000"
    shown = deltawire("show", id_, "--believed-at", "2026-01-15").out
    assert "disputed" in shown
    assert "anna" not in shown
    assert deltawire("show", id_, "--as-of", "2025-01-01").status == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("prefer", "--why", "x"), 2),
        (("accept", "--why", "  "), 2),
        (("accept",), 2),
        (("maybe", "--why", "x"), 2),
        (("accept", "--why", "x", "--verdict", "a"), 2),
        (("prefer", "--claim", "zzz", "--why", "x"), 1),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(deltawire, fact, arguments: tuple[str, ...], status: int) -> None:
    before = fact()
    ran = deltawire("verdict", before["id"], *arguments)
    assert ran.status == status
    assert fact() == before
    assert deltawire("verdict", "zzzz", "accept", "--why", "x").status == 1

"""Sentences, their kinds and their places; quotations; and laws over hostile text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.quotations import quotations
from flows.extract.sentences import LONGEST, split

DATA = Path(__file__).parents[2] / "data"
TABLE = yaml.safe_load((DATA / "sentences.yaml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row, id=f"{section}:{row[:60]}") for section, rows in TABLE.items() for row in rows]


@pytest.mark.parametrize("marked", ROWS)
def test_ends_where_a_reader_would(marked: str) -> None:
    text = marked.replace("|", "")
    assert [text[one.start : one.end] for one in split(text)] == [piece.strip() for piece in marked.split("|")]


def kinds(text: str) -> list[tuple[str, int, str]]:
    return [(one.kind, one.paragraph, text[one.start : one.end]) for one in split(text)]


def test_headings_items_and_paragraphs_have_their_places() -> None:
    text = (
        "# Key points\n\nLighter, longer, smarter\n\nHighlights include:\n\n- an OLED screen. It is bright.\n- 64 GB of memory\n"
        "1. first of all\n2) and then\n• a dot\n\nThat is all. Really."
    )
    assert kinds(text) == [
        ("heading", 0, "Key points"),
        ("heading", 1, "Lighter, longer, smarter"),
        ("prose", 2, "Highlights include:"),
        ("item", 3, "an OLED screen."),
        ("item", 3, "It is bright."),
        ("item", 3, "64 GB of memory"),
        ("item", 3, "first of all"),
        ("item", 3, "and then"),
        ("item", 3, "a dot"),
        ("prose", 4, "That is all."),
        ("prose", 4, "Really."),
    ]


def test_lines_that_each_are_a_paragraph_stay_apart() -> None:
    text = "Photo from the newsroom\nby PENG Peng\nLenovo said so on Wednesday. It did.\nNvidia agreed."
    assert [paragraph for _, paragraph, _ in kinds(text)] == [0, 1, 2, 2, 3]


def test_a_hard_wrapped_paragraph_is_one() -> None:
    text = (
        "Lenovo Group closed its financial year with record sales, as demand for\n"
        "servers offset a squeeze from dearer memory. Revenue for the twelve\n"
        "months to March 31 came to $82.6 billion, the Beijing-based company said\n"
        "in a filing."
    )
    assert [piece.replace("\n", " ") for _, _, piece in kinds(text)] == [
        "Lenovo Group closed its financial year with record sales, as demand for servers offset a squeeze from dearer memory.",
        "Revenue for the twelve months to March 31 came to $82.6 billion, the Beijing-based company said in a filing.",
    ]
    assert {paragraph for _, paragraph, _ in kinds(text)} == {0}


def test_headlines_under_each_other_stay_apart() -> None:
    text = "Nvidia overtakes Apple as the most valuable company in the world\nFerry timetable cut by 40%\nHP reclaims top spot"
    assert [kind for kind, _, _ in kinds(text)] == ["heading"] * 3


def test_an_indented_line_goes_on_with_its_item() -> None:
    text = "- Headcount: 9,400\n  (excluding contractors)\n- Racks: 250"
    assert [piece for _, _, piece in kinds(text)] == ["Headcount: 9,400\n  (excluding contractors)", "Racks: 250"]


def test_rows_of_a_table_are_kept_whole() -> None:
    text = (
        "The top five (1Q26, million units, share)\n1. Lenovo 16.4 25.7%\n2. HP 12.9 20.2%\nOthers 14.4 22.5%\n\n"
        "| a. B | c |\n|---|---|\nx\ty. Z"
    )
    assert [(kind, piece) for kind, _, piece in kinds(text)] == [
        ("heading", "The top five (1Q26, million units, share)"),
        ("row", "1. Lenovo 16.4 25.7%"),
        ("row", "2. HP 12.9 20.2%"),
        ("row", "Others 14.4 22.5%"),
        ("row", "| a. B | c |"),
        ("row", "x\ty. Z"),
    ]


def test_interview_labels_stand_outside_and_name_the_speaker() -> None:
    text = (
        "We met her in Frankfurt.\n\nMainfactor: Is that over?\n\nRenner: Yes. We made money.\n\nMainfactor: How much?\n\n"
        "Renner: About 45 percent."
    )
    found = [(text[one.start : one.end], one.speaker and text[slice(*one.speaker)]) for one in split(text)]
    assert found == [
        ("We met her in Frankfurt.", None),
        ("Is that over?", "Mainfactor"),
        ("Yes.", "Renner"),
        ("We made money.", "Renner"),
        ("How much?", "Mainfactor"),
        ("About 45 percent.", "Renner"),
    ]


def test_labels_that_do_not_come_back_are_no_speakers() -> None:
    text = "Cooling: Neptune takes the heat away.\n\nNetworking: Spectrum switches carry the rest.\n\nAnna: Great write-up!"
    assert all(one.speaker is None for one in split(text))


def test_footnotes_and_paragraph_numbers_are_marks() -> None:
    assert [piece for _, _, piece in kinds("¹ Tested at 150 nits.\n[0012] The claim is plain.\n> Quoted reply.")] == [
        "Tested at 150 nits.",
        "The claim is plain.",
        "Quoted reply.",
    ]


def test_skipped_spans_give_no_sentence() -> None:
    text = "Lenovo rose. Also read: Dell fell. Nvidia gained."
    start, end = text.index("Also"), text.index("Nvidia")
    assert [text[one.start : one.end] for one in split(text, [(start, end)])] == ["Lenovo rose.", "Nvidia gained."]
    assert [text[one.start : one.end] for one in split(text, [(7, start)])] == [
        "Lenovo",
        "Also read: Dell fell.",
        "Nvidia gained.",
    ]
    assert split(text, [(0, len(text))]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("“Yes,” he said, “and no.”", ["“Yes,”", "“and no.”"]),
        ("Er sagte „Ja“ und »Nein«.", ["„Ja“", "»Nein«"]),
        ("Il dit « oui » hier.", ["« oui »"]),
        ("彼は「はい」と言った。", ["「はい」"]),
        ("It was 'a fantasy', he said.", ["'a fantasy'"]),
        ("It was ‘a fantasy’, he said.", ["‘a fantasy’"]),
        ("Lenovo's and customers' plans don't change.", []),
        ("“He said ‘no’ to us.”", ["“He said ‘no’ to us.”"]),
        ('a 14" screen and a 16" one', []),
        ('an open " mark', []),
        ("rock 'n' roll", []),
    ],
)
def test_quotations_in_every_style(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)[0]] == expected


def test_a_quotation_over_two_paragraphs_is_quoted_in_both() -> None:
    text = "“We looked at six bids.\n\n“Only one came with a date,” she said."
    assert [[text[start:end] for start, end in one.quoted] for one in split(text)] == [
        ["“We looked at six bids."],
        ["“Only one came with a date,”"],
    ]


def test_a_sentence_names_the_quotations_in_it() -> None:
    text = 'It is a "super factory". He said “Yes. And no,” later.'
    quoted = [[text[start:end] for start, end in one.quoted] for one in split(text)]
    assert quoted == [['"super factory"'], ["“Yes."], ["And no,”"]]


def lawful(text: str) -> None:
    """What holds for any text: sentences lie in it, in order, apart, trimmed, none too long; quotes lie in them."""
    end = 0
    for one in split(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        piece = text[one.start : one.end]
        assert piece == piece.strip()
        assert len(piece) <= LONGEST
        assert any(character.isalnum() for character in piece)
        assert all(one.start <= left < right <= one.end for left, right in one.quoted)


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    lawful(text)


VOCABULARY = """
    . ? ! … 。 ” “ „ " ' ‘ ’ « » ( ) [ ] : - • 1. # | > Mr. Inc. U.S. No. 3.5 Lenovo said it The yes “We ok.” Renner:
    Mainfactor:"""
PIECES = st.sampled_from([*VOCABULARY.split(), "\n", "\n\n", "\t"])


@given(st.lists(PIECES, max_size=60), st.sampled_from(["", " "]))
@settings(max_examples=300)
def test_any_order_of_marks_is_survived(pieces: list[str], glue: str) -> None:
    lawful(glue.join(pieces))


@given(st.lists(PIECES, max_size=40), st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=4))
def test_no_sentence_reaches_into_a_skipped_span(pieces: list[str], spans: list[tuple[int, int]]) -> None:
    text = " ".join(pieces)
    for one in split(text, spans):
        assert all(one.end <= start or end <= one.start for start, end in spans if start < end)


def test_every_word_of_a_text_stands_in_a_sentence() -> None:
    text = "Lenovo rose. “Yes,” he said.\n\n- an item\n- another. Two\n\nA | row | of | cells\n1) last"
    covered = " ".join(text[one.start : one.end] for one in split(text))
    assert [word for word in re.findall(r"[^\W\d]+", text) if word not in covered] == []


def test_the_naughty_strings_are_survived(shared: Path) -> None:
    for text in json.loads((shared / "corpora" / "naughty-strings.json").read_text(encoding="utf-8")):
        lawful(text)
        lawful(f"“{text}” he said. {text}\n\n{text}")


def test_one_endless_sentence_is_cut_at_spaces() -> None:
    found = split("word " * 2000)
    assert len(found) > 4
    assert all(one.end - one.start <= LONGEST for one in found)

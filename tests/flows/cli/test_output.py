from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cli import output, words


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


HOSTILE = "\x1b[2J\x1b]0;owned\x07 \x9b31m right\u202eto left\u2066 \r\b\x7f\u2028"


@given(st.text())
def test_nothing_that_is_shown_controls_a_terminal(text: str) -> None:
    shown = output.visible(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in shown)
    assert not any(
        0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\u2029"
        for c in shown
    )


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_ordinary_text_of_any_script_is_left_as_it_is(text: str) -> None:
    assert output.visible(text) == text


def test_a_terminal_gets_escapes_and_a_pipe_the_data_itself() -> None:
    screen, pipe = Terminal(), io.StringIO()
    output.line(HOSTILE, screen)
    output.line(HOSTILE, pipe)
    assert "\x1b" not in screen.getvalue()
    assert pipe.getvalue() == HOSTILE + "\n"


@pytest.mark.parametrize("form", output.FORMATS)
def test_every_format_survives_hostile_text_and_an_empty_list(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    output.emit([{"a": HOSTILE, "b": "联想\tgroup"}], form, output.columns("a", "b"))
    written = capsys.readouterr().out
    assert "联想" in written
    if form != "csv":  # which is data and keeps what it was given
        assert "\x1b" not in written
    output.emit([], form, output.columns("a", "b"))


def test_json_lines_stay_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"text": "a\u2028b\nc\u2029"}, {"text": "d"}]
    output.emit(rows, "jsonl", {})
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == rows


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=3))
def test_no_cell_of_a_csv_file_is_a_formula(cells: list[str]) -> None:
    buffer = io.StringIO()
    output.write_csv([dict(enumerate(cells))], {str(n): (lambda row, n=n: row[n]) for n in range(len(cells))}, buffer)
    _, read = csv.reader(io.StringIO(buffer.getvalue(), newline=""))
    for given_, got in zip(cells, read, strict=True):
        assert not got.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert got.removeprefix("'") == given_.removeprefix("'")


def test_columns_line_up_for_wide_characters(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([["联想", "x"], ["lenovo", "y"]], ["name", "v"])
    assert capsys.readouterr().out.splitlines() == ["name    v", "联想    x", "lenovo  y"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"kind": "money", "amount": "39280000000", "currency": "USD", "low": "1", "high": "2", "modifier": "exact"},
            "39,280,000,000 USD",
        ),
        ({"kind": "percent", "number": 17.97, "low": 17.9, "high": 18, "modifier": "nearly"}, "nearly 17.97 %"),
        ({"kind": "percent", "number": -5, "low": -5.5, "high": -4.5, "modifier": "exact"}, "-5 %"),
        ({"kind": "ratio", "number": 10, "low": None, "high": 10, "modifier": "up_to"}, "up to 10x"),
        (
            {"kind": "quantity", "number": None, "unit": "gpu", "low": 100000, "high": 999999, "modifier": "range"},
            "100,000..999,999 gpu",
        ),
        ({"kind": "duration", "low": 3, "high": 4, "unit": "year", "modifier": "exact"}, "3..4 year"),
        ({"kind": "duration", "low": None, "high": None, "unit": "week", "modifier": "exact"}, "week"),
        ({"kind": "period", "start": "2026-07-01", "end": "2026-12-31"}, "2026-07-01..2026-12-31"),
        ({"kind": "period", "start": "2026-07-01", "end": "2026-07-01"}, "2026-07-01"),
        ({"kind": "period", "start": None, "end": "2026-12-31"}, "until 2026-12-31"),
        ({"kind": "period", "start": "2027-01-01", "end": None}, "from 2027-01-01"),
        ({"kind": "status", "state": "mass_production"}, "mass production"),
        ({"kind": "text", "text": "founder and CEO"}, "founder and CEO"),
        (None, ""),
    ],
)
def test_values_in_words(fields: dict[str, object] | None, said: str) -> None:
    assert words.value(fields) == said


def test_both_sides_of_a_dispute_are_shown() -> None:
    side = {"kind": "percent", "number": 98, "low": 97.5, "high": 98.5, "modifier": "exact"}
    row = {"value": None, "values": [{"value": side, "evidence": []}, {"value": {**side, "number": 100}, "evidence": []}]}
    assert words.values(row) == "98 % | 100 %"

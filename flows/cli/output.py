"""Data on stdout as table, json, jsonl or csv; messages on stderr.

Titles, quotes and names come from outside: on a terminal every control character among them is
shown as its escape, so that no text can move the cursor, change colours or reverse the reading order.
"""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO

import click

NARROW = 12  # columns of a terminal: what fits is never broken
FORMATS = ("table", "json", "jsonl", "csv")
# C0 save newline and tab, DEL, C1, and the characters that reorder or hide what stands beside them.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = Mapping[str, Any]
Columns = Mapping[str, Callable[[Row], str]]
"""Titles with how each reads its cell from a row."""


def visible(text: str) -> str:
    """`text` with every control character replaced by its escape."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}" if ord(match[0]) < 256 else f"\\u{ord(match[0]):04x}", text)


def message(text: str) -> None:
    """One message on stderr."""
    click.echo(visible(text), err=True)


def line(text: str, stream: TextIO | None = None) -> None:
    """One line of data on stdout, harmless where that is a terminal and unchanged where it is not."""
    out = stream or sys.stdout
    out.write((visible(text) if out.isatty() else text) + "\n")


def format_option(default: str = "table") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option --format of the commands that list."""
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default=default, show_default=True, help="How to write it."
    )


def emit(rows: Iterable[Row], form: str, columns: Columns, shown: Columns | None = None) -> None:
    """Write `rows`: whole as JSON, the named columns as CSV, and as a table `shown` (default: the same columns)."""
    if form == "jsonl":
        for row in rows:
            line(dumps(row))
    elif form == "json":
        line(json.dumps(list(rows), ensure_ascii=False, indent=1))
    elif form == "csv":
        buffer = io.StringIO()
        write_csv(rows, columns, buffer)
        sys.stdout.write(visible(buffer.getvalue()) if sys.stdout.isatty() else buffer.getvalue())
    else:
        shown = shown or columns
        table([[read(row) for read in shown.values()] for row in rows], list(shown))


def columns(*names: str) -> Columns:
    """Columns that show their keys as they are; None is an empty cell."""
    return {name: lambda row, name=name: "" if row[name] is None else str(row[name]) for name in names}  # type: ignore[misc]  # mypy cannot see the default's type


def dumps(row: Row) -> str:
    """One row as one line of JSON; the separators of lines that JSON lets through are escaped."""
    text = json.dumps(row, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def write_csv(rows: Iterable[Row], columns: Columns, out: TextIO) -> None:
    """The named columns as CSV with a header."""
    writer = csv.writer(out)  # ends lines with CR LF as RFC 4180 has it, so that a lone CR in a cell is quoted
    writer.writerow(list(columns))
    for row in rows:
        writer.writerow([_cell(read(row)) for read in columns.values()])


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def table(rows: Sequence[Sequence[str]], titles: Sequence[str]) -> None:
    """Columns for people: on a terminal folded into its width, elsewhere each row on one line."""
    cells = [[visible(" ".join(cell.split())) for cell in row] for row in rows]
    if not cells:
        return
    if sys.stdout.isatty():
        _folded(cells, titles)
        return
    columns = list(zip(titles, *cells, strict=True))
    widths = [max(_width(cell) for cell in column) for column in columns]
    for row in (titles, *cells):
        sys.stdout.write(
            "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        )


def _width(text: str) -> int:
    """The columns `text` takes: two for a wide character of an Asian script, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _folded(cells: Sequence[Sequence[str]], titles: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for title, *column in zip(titles, *cells, strict=True):
        narrow = max(map(_width, column)) <= NARROW
        grid.add_column(title, overflow="fold", no_wrap=narrow)
    for row in cells:
        grid.add_row(*(Text(cell) for cell in row))
    Console().print(grid)

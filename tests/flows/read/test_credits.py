"""Whom a text credits."""

from __future__ import annotations

import pytest

from flows.read.credits import AGENCIES, credit

BODY = "The company said on Tuesday that sales rose.\n\nAnalysts had expected less, and the shares rose.\n"


@pytest.mark.parametrize(
    ("text", "author", "key"),
    [
        (f"HONG KONG, Jan 7 (Reuters) - {BODY}", None, "reuters"),
        (f"By Reuters\n\n{BODY}", None, "reuters"),
        (f"**Source: Associated Press**\n\n{BODY}", None, "associated-press"),
        (f"LAS VEGAS (AP) — {BODY}", None, "associated-press"),
        (f"{BODY}\n(Reuters)", None, "reuters"),
        (f"{BODY}\nvia Reuters", None, "reuters"),
        (f"{BODY}\nAgence France-Presse", None, "afp"),
        (f"{BODY}\n© 2026 AFP", None, "afp"),
        (f"{BODY}\nCopyright 2026 The Associated Press. All rights reserved.", None, "associated-press"),
        (f"来源:新华社\n\n{BODY}", None, "xinhua"),
        (BODY, "Reuters", "reuters"),
        (BODY, "by Associated Press", "associated-press"),
        (BODY, "Mary Moore via Reuters", "reuters"),
        (BODY, "Mary Moore, AFP", "afp"),
        (BODY, "Mary Moore", None),
        (BODY, None, None),
        ("", None, None),
        (f"Reuters reported in May that talks had begun.\n\n{BODY}", None, None),
        (f"{BODY}\nThe talks were first reported by Reuters.", None, None),
        (f"Bloomberg is a terminal that every desk here has.\n{BODY}", None, None),
        (f"{BODY}\nThe AP of the building (application point) is on the roof.", None, None),
    ],
)
def test_a_credit_is_found_where_the_text_comes_from_an_agency_and_only_there(text, author, key):
    assert credit(text, author) == key


@pytest.mark.parametrize("key", AGENCIES)
def test_every_name_of_an_agency_is_known(key):
    assert {credit(f"Source: {name}\n\n{BODY}") for name in AGENCIES[key]} == {key}


def test_hostile_lines_are_read_to_an_end():
    for text in ("(" * 100_000, "© " * 100_000, "by " * 100_000 + "Reuters", "Reuters " * 50_000, "(Reuters " * 50_000):
        assert credit(text, text) in {None, "reuters"}

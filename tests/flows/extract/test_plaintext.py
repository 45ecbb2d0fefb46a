"""Mark-up out of the way and the way back: what rules see, and what evidence quotes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract import sentences
from flows.extract.engine import Extraction
from flows.extract.plaintext import plain

Extract = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("**Orlo** makes kettles.", "Orlo makes kettles."),
        ("The *Tamarin* X15 and ***Quill***.", "The Tamarin X15 and Quill."),
        ("The __Tamarin__ and the _Quill_.", "The Tamarin and the Quill."),
        ("**a *b* c** d", "a b c d"),
        ("~~$499~~ $399", "$499 $399"),
        ("the `Tamarin` chip", "the Tamarin chip"),
        ("[Orlo](https://orlo.example/a_(b)) said", "Orlo said"),
        ("[Orlo][1] said", "Orlo said"),
        ("![A kettle](https://orlo.example/k.jpg)\nOrlo said", "\nOrlo said"),
        ("see <https://orlo.example> now", "see  now"),
        ("CO<sub>2</sub> and <b>Orlo</b>", "CO2 and Orlo"),
        ("> Orlo said\n> on Monday", "Orlo said\non Monday"),
        (r"costs \$499\*", "costs $499*"),
        ("- **Weight:** 1.2 kg", "- Weight: 1.2 kg"),
        ("| **Orlo** | 31% |", "| Orlo | 31% |"),
        ("**wrapped over\ntwo lines**, it said", "wrapped over\ntwo lines, it said"),
        # headings
        ("**Price and weight**\nIt costs $5.", "# Price and weight\n\nIt costs $5."),
        ("Text.\n**Price**\n\nIt costs $5.", "Text.\n\n# Price\n\nIt costs $5."),
        ("**A cheaper one? (45%).** It costs $5.", "# A cheaper one? (45%).\n\nIt costs $5."),
        ("**Price**. It costs $5.", "# Price\n\nIt costs $5."),
        ("**Is it late?**\nNo.", "# Is it late?\n\nNo."),
        # not headings
        ("**Orlo said it would buy Hexa for cash.**\n\nMore.", "Orlo said it would buy Hexa for cash.\n\nMore."),
        ("**Orlo will buy Hexa for two billion in cash.** More.", "Orlo will buy Hexa for two billion in cash. More."),
        # no mark-up
        ("5 * 3 * 2 = 30", "5 * 3 * 2 = 30"),
        ("2*3*4", "2*3*4"),
        ("$499* for one\n*Prices exclude tax", "$499* for one\n*Prices exclude tax"),
        ("* one\n* two", "* one\n* two"),
        ("a file_name_here and __init__py", "a file_name_here and __init__py"),
        ("[sic] and [1] and (2)", "[sic] and [1] and (2)"),
        ("a < b > c", "a < b > c"),
    ],
)  # fmt: skip
def test_mark_up_goes_and_words_stay(given_: str, expected: str) -> None:
    assert plain(given_).text == expected


def test_text_without_mark_up_is_the_very_same() -> None:
    text = "Orlo said on Monday that revenue rose 5%."
    assert plain(text).text is text
    assert plain(text).back(3, 9) == (3, 9)


marked = st.lists(
    st.sampled_from(
        [
            "**",
            "*",
            "_",
            "`",
            "[Orlo](https://o.example)",
            "> ",
            "\n",
            "\n\n",
            "Orlo ",
            "said ",
            "**Price** ",
            "\\",
            "<b>",
            "~~",
            "x",
        ]
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(max_size=80), marked))
def test_every_character_knows_where_it_stood(text: str) -> None:
    reading = plain(text)
    if reading.places is None:
        assert reading.text == text
        return
    assert len(reading.places) == len(reading.text) + 1
    assert list(reading.places) == sorted(reading.places)
    kept = 0
    for at, char in enumerate(reading.text):
        start, end = reading.back(at, at + 1)
        assert 0 <= start < end <= len(text)
        kept += text[start] == char
    assert kept >= len(reading.text) - reading.text.count("#") - reading.text.count(" ") - reading.text.count("\n")


@given(marked)
def test_there_and_back_again(text: str) -> None:
    reading = plain(text)
    for at in range(len(text)):
        start, end = reading.forth(at, len(text))
        assert 0 <= start <= end <= len(reading.text)


MARKED = (
    "**Orlo** said on Tuesday that [revenue](https://orlo.example/r) rose 18% to **$39.2 billion** in the second quarter of"
    " 2026.\n\n"
    "> “It was a *good* quarter,” said Mira Voss, chief executive of _Orlo_.\n\n"
    "**Outlook.** The company expects revenue of `$160 billion` for 2027.\n"
)
UNMARKED = (
    "Orlo said on Tuesday that revenue rose 18% to $39.2 billion in the second quarter of 2026.\n\n"
    "“It was a good quarter,” said Mira Voss, chief executive of Orlo.\n\n"
    "# Outlook\n\nThe company expects revenue of $160 billion for 2027.\n"
)


def test_mark_up_changes_no_claim_and_evidence_quotes_the_text_as_given(extract: Extract) -> None:
    found, bare = extract(MARKED), extract(UNMARKED)
    assert found.claims
    assert [(claim.subject, claim.predicate, claim.value, claim.modality) for claim in found.claims] == [
        (claim.subject, claim.predicate, claim.value, claim.modality) for claim in bare.claims
    ]
    for claim in found.claims:
        places = [(claim.evidence.start, claim.evidence.end, claim.evidence.quote)]
        places += [(span.start, span.end, span.quote) for span in claim.evidence.context]
        assert all(MARKED[start:end] == quote for start, end, quote in places)
    assert any("**" in claim.evidence.quote for claim in found.claims)
    for sentence in found.sentences:
        assert 0 <= sentence.start < sentence.end <= len(MARKED)
    assert MARKED[found.sentences[0].start :].startswith("Orlo** said")


WRAPPED = (
    "Orlo said on Tuesday that revenue rose 18% to a record $39.2\n"
    "billion in the second quarter of 2026. It was a good quarter,\n"
    "said Mira Voss. She runs Orlo and has 1,250 people in Lyon to\n"
    "look after, most of them in a hall that was built for trams."
)


def test_lines_wrapped_at_a_width_do_not_part_sentences() -> None:
    found = [WRAPPED[one.start : one.end] for one in sentences.split(WRAPPED)]
    assert len(found) == 3
    assert found[0].endswith("quarter of 2026.")


def test_a_wrapped_quotation_is_prose() -> None:
    text = plain("\n".join(f"> {line}" for line in WRAPPED.split("\n"))).text
    assert [one.kind for one in sentences.split(text)] == ["prose"] * 3


def test_lines_broken_anywhere_go_on_in_small_letters() -> None:
    text = (
        "Orlo said on Tuesday that its revenue,\n"
        "which had fallen for two years in a row and worried everybody in Lyon,\n"
        "rose 18% to $39.2 billion."
    )
    assert len(sentences.split(text)) == 1


def test_table_rows_are_rows_and_numbered_lines_items() -> None:
    text = plain("| **Maker** | Share |\n|---|---|\n| [Orlo](https://o.example) | 31% |\n\n1. **Orlo** ships\n2. Hexa waits").text
    found = [(one.kind, text[one.start : one.end]) for one in sentences.split(text)]
    assert found == [
        ("row", "| Maker | Share |"),
        ("row", "| Orlo | 31% |"),
        ("item", "Orlo ships"),
        ("item", "Hexa waits"),
    ]


INTERVIEW = (
    "Mira Voss, 48, is chief executive of Orlo. We met in Lyon.\n\n"
    "**Who bought most?**\nBramante did. They have ordered 400 kettles.\n\n"
    "**And how many people do you have?**\nWe employ 1,250 people.\n\n"
    "**Hexa wrote that your revenue was $9 billion.**\nNonsense.\n\n"
    "**What comes next?**\nWe expect revenue of $12 billion in 2027.\n\n"
    "Then Voss leaves. Orlo has 14 plants."
)


def test_the_answers_of_an_interview_are_the_guest_s(extract: Extract) -> None:
    claims = extract(INTERVIEW).claims
    people = [claim for claim in claims if claim.predicate == "headcount"]
    assert [(claim.subject, claim.attributed_to) for claim in people] == [("orlo", "mira-voss")]
    assert not any("$9 billion" in claim.evidence.quote for claim in claims)
    assert {claim.attributed_to for claim in claims if claim.predicate == "revenue"} == {"mira-voss"}


@pytest.mark.parametrize("marks", ["{}:", "**{}:**"])
def test_so_are_those_that_a_letter_marks(extract: Extract, marks: str) -> None:
    ask, answer = marks.format("Q"), marks.format("A")
    claims = extract(
        f"Mira Voss, 48, is chief executive of Orlo. We met in Lyon.\n\n{ask} Did you say revenue was $9 billion?\n\n"
        f"{answer} No.\n\n{ask} People say your revenue was $8 billion.\n\n{answer} Nonsense.\n\n"
        f"{ask} How many people do you have?\n\n{answer} We employ 1,250 people."
    ).claims
    assert [(one.subject, one.attributed_to) for one in claims if one.predicate == "headcount"] == [("orlo", "mira-voss")]
    assert not any(one.predicate == "revenue" for one in claims)

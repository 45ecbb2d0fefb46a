"""Laws of what is believed: words are found as they stand or not at all, and no digit of a model's gets in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.extract.engine import Extractor
from flows.extract.model.answer import Answer, Assertion
from flows.extract.model.assertion import Reader, Refused, locate
from flows.extract.model.prompt import instructions, parts

NOW = datetime(2026, 1, 8, 9, tzinfo=UTC)
QUOTE = "revenue in 2025 rose 12% to $5.4 billion"


@given(st.text(max_size=200), st.data())
def test_what_stands_in_a_text_is_found_and_what_is_found_is_what_was_sought(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    place = locate(words, text)
    assert place is not None or not words
    if place is not None:
        assert text[place.start : place.end] == words


@given(st.text(alphabet="ab1 2\n“”\"'’.-–", min_size=1, max_size=12), st.text(alphabet="ab1 2\n“”\"'’.-–", max_size=60))
def test_nothing_but_spacing_marks_and_dashes_may_differ(words: str, text: str) -> None:
    def plain(said: str) -> str:
        return re.sub(r"\s+", " ", re.sub('[“”"]', '"', re.sub("[’']", "'", said.replace("–", "-")))).strip()

    place = locate(words, text)
    if place is not None:
        assert plain(text[place.start : place.end]) == plain(words)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(at=st.integers(0, len(QUOTE) - 1), digit=st.sampled_from("0123456789"))
def test_an_altered_digit_is_refused(extractor: Extractor, write: Any, at: int, digit: str) -> None:
    if not QUOTE[at].isdigit() or QUOTE[at] == digit:
        return
    altered = QUOTE[:at] + digit + QUOTE[at + 1 :]
    survey = extractor.survey(write(f"Globex said {QUOTE} at last."), now=NOW)
    try:
        Reader(survey.scene).draft(
            Assertion(quote=altered, subject="Globex", predicate="revenue", value=altered[altered.index("$") :])
        )
    except Refused as refusal:
        assert "does not stand in the text" in str(refusal)  # noqa: PT017 - hypothesis reports the example
    else:
        raise AssertionError(altered)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(
    st.builds(
        Assertion,
        quote=st.sampled_from([QUOTE, "Globex", "12%", "in 2025", "$5.4 billion", "x"]),
        subject=st.sampled_from(["Globex", "Initech", "Anvil 9", "x"]),
        predicate=st.sampled_from(["revenue", "revenue_growth", "availability", "role", "statement", "acquisition", "x"]),
        object=st.sampled_from([None, "Initech", "Globex"]),
        value=st.sampled_from([None, "12%", "2025", "$5.4 billion", "Globex", "5"]),
        direction=st.sampled_from([None, "up", "down"]),
        state=st.sampled_from([None, "announced", "x"]),
        period=st.sampled_from([None, "2025", "12%"]),
        qualifiers=st.dictionaries(st.sampled_from(["region", "segment", "x"]), st.sampled_from(["Globex", "europe", "y"])),
    )
)
def test_whatever_is_asserted_is_a_draft_or_refused_and_never_an_error(extractor: Extractor, write: Any, said: Assertion) -> None:
    text = f"Globex said {QUOTE} at last. Initech, in Europe, ships the Anvil 9 in March 2026."
    survey = extractor.survey(write(text), now=NOW)
    try:
        draft = Reader(survey.scene).draft(said)
    except Refused:
        return
    assert text[draft.start : draft.end] == said.quote


@given(st.text(alphabet="ab\n", max_size=300), st.integers(1, 50))
def test_the_parts_of_a_text_hold_all_of_it_in_order(text: str, most: int) -> None:
    found = list(parts(text, most))
    assert all(len(part) <= most for part in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")


def test_a_long_text_is_asked_about_in_parts(
    chat: Any, extractor: Extractor, open_reader: Callable[..., Any], write: Any
) -> None:
    chat.answers()
    paragraph = "Globex said that revenue of the company rose in the quarter, as sales of its chips grew.\n\n"

    async def read() -> None:
        async with open_reader() as reader:
            await reader.read(extractor.survey(write("".join(f"{n} {paragraph}" for n in range(300))), now=NOW), now=NOW)

    asyncio.run(read())
    assert len(chat.asked) == 3


def test_the_same_catalogue_asks_the_same_question(catalogue: Any) -> None:
    said = instructions(catalogue)
    assert said == instructions(catalogue)
    for predicate in catalogue.predicates:
        assert f"- {predicate.key}: " in said
    assert "announced, completed" in said


def test_an_answer_holds_no_more_than_an_article_could() -> None:
    assert Answer.model_json_schema()["properties"]["claims"]["maxItems"] == 200

"""A model that answers well, badly, slowly and not at all: what is believed of it, and what it may cost."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from flows.extract.engine import Extractor
from flows.extract.model.budget import Limits
from flows.extract.model.errors import BudgetSpent, ModelAway, ModelError
from flows.extract.model.line import Pace
from flows.extract.model.reader import Found, ModelReader
from storage.model import Article, Modality
from storage.values import Money, Period, Text

NOW = datetime(2026, 1, 8, 9, tzinfo=UTC)
REVENUE = {
    "quote": "revenue in 2025 rose 12% to $5.4 billion",
    "subject": "Globex",
    "predicate": "revenue",
    "value": "$5.4 billion",
    "period": "2025",
    "attributed_to": "Globex",
}
Open = Callable[..., ModelReader]


@pytest.fixture
def ask(extractor: Extractor, article: Article, open_reader: Open) -> Callable[..., Found]:
    """Asks about the article, or another."""

    def run(reader: ModelReader | None = None, about: Article | None = None) -> Found:
        async def both() -> Found:
            async with reader or open_reader() as opened:
                return await opened.read(extractor.survey(about or article, now=NOW), now=NOW)

        return asyncio.run(both())

    return run


# -- answers ------------------------------------------------------------------------------------------


def test_a_good_answer_becomes_claims_whose_figures_are_the_texts(chat: Any, ask: Any, article: Article) -> None:
    chat.answers(
        REVENUE,
        {"quote": "Globex named Ada Byron chief executive", "subject": "Ada Byron", "predicate": "role", "object": "Globex",
         "value": "chief executive"},
        {"quote": "Initech, its rival, will ship the Anvil 9 in March 2026.", "subject": "Anvil 9", "predicate": "availability",
         "value": "March 2026", "modality": "planned"},
    )  # fmt: skip
    found = ask()
    assert found.refused == 0
    revenue, role, ships = found.claims
    assert isinstance(revenue.value, Money)
    assert (revenue.value.number, revenue.value.currency) == (Decimal("5.4E+9"), "USD")
    assert revenue.value.low == Decimal(5350000000)
    assert revenue.qualifiers["period"] == Period(start=datetime(2025, 1, 1).date(), end=datetime(2025, 12, 31).date())  # noqa: DTZ001
    assert (revenue.extractor, revenue.attributed_to, revenue.confidence) == ("llm:parrot", "globex", 0.7)
    assert (role.subject, role.object, role.value) == ("ada-byron", "globex", Text(text="chief executive"))
    assert (ships.subject, ships.modality) == ("anvil-9", Modality.PLANNED)
    for claim in found.claims:
        assert article.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
        for span in claim.evidence.context:
            assert article.text[span.start : span.end] == span.quote


def test_the_question_holds_the_catalogue_and_the_text_and_the_key_goes_in_its_header(
    chat: Any, ask: Any, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody")
    chat.answers()
    assert ask().claims == ()
    (asked,), (headers,) = chat.asked, chat.headers
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", "parrot", 0)
    said = json.dumps(asked["messages"], ensure_ascii=False)
    assert "revenue_growth" in said
    assert "only at the start" in said
    assert headers["authorization"] == "Bearer sk-secret"
    assert "org-of-somebody" not in str(headers)
    assert "sk-secret" not in said


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"quote": "revenue in 2025 rose 12% to $5.5 billion", "value": "$5.5 billion"}, "the quote does not stand in the text"),
        ({"value": "$5.5 billion"}, "the value does not stand in the quote"),
        ({"quote": "profit soared at Globex"}, "the quote does not stand in the text"),
        ({"subject": "Umbrella"}, "subject 'Umbrella' is not named"),
        ({"subject": "Anvil 9"}, "subject anvil-9 is product, not org"),
        ({"predicate": "horoscope"}, "no predicate horoscope"),
        ({"value": "12%"}, "a percent is no money"),
        ({"value": None}, "gives no value"),
        ({"value": "revenue"}, "no number that can be read"),
        ({"period": "2024"}, "period '2024' does not stand near the quote"),
        ({"period": "billion"}, "no time that can be read"),
        ({"qualifiers": {"segment": "cloud"}}, "segment 'cloud' does not stand near the quote"),
        ({"predicate": "revenue_growth", "value": "12%", "direction": "down"}, "the other sign"),
        ({"predicate": "acquisition", "object": "Initech", "state": "dreamt"}, "no state dreamt"),
        ({"predicate": "acquisition", "object": "Globex", "state": "announced"}, "subject and object are one"),
        ({"predicate": "acquisition", "state": "announced"}, "names no object"),
        ({"predicate": "statement", "value": "revenue"}, "no quotation"),
    ],
)
def test_what_does_not_stand_in_the_text_is_refused_counted_and_told(chat: Any, ask: Any, change: Any, why: str) -> None:
    chat.answers({**REVENUE, **change}, REVENUE)
    found = ask()
    assert [claim.predicate for claim in found.claims] == ["revenue"]
    assert found.refused == 1
    (line,) = found.trace
    assert why in line.why
    assert (line.rule, line.outcome) == ("llm:parrot", "dropped")


def test_the_hedges_of_the_text_count_more_than_the_models(chat: Any, ask: Any, write: Any) -> None:
    text = "Globex may buy Initech if the price is right. Globex reportedly plans to buy Initech. Would Globex buy Initech?"
    chat.answers(
        *({"quote": quote, "subject": "Globex", "predicate": "acquisition", "object": "Initech", "state": "announced"}
          for quote in ("Would Globex buy Initech?", "Globex reportedly plans to buy Initech."))
    )  # fmt: skip
    found = ask(about=write(text))
    assert found.refused == 1
    assert [claim.modality for claim in found.claims] != [Modality.ACTUAL]


def test_quotes_may_differ_in_spacing_and_quotation_marks_alone(chat: Any, ask: Any, article: Article) -> None:
    chat.answers(
        {"quote": '"We are only at the start\n of a very long road," said Ada Byron', "subject": "Ada Byron",
         "predicate": "statement", "value": "We are only at the start of a very long road,"}
    )  # fmt: skip
    (claim,) = ask().claims
    assert claim.value == Text(text="We are only at the start of a very long road")
    assert claim.evidence.quote.startswith("“We are")


# -- bad answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["I cannot help with that.", '{"claims": [{"quote": 7}]}', '{"claims": "none"}', "[]", ""])
def test_an_answer_that_does_not_fit_is_sent_back_once(chat: Any, ask: Any, reply: Any, content: str) -> None:
    chat.replies = [reply(content), reply(json.dumps({"claims": [REVENUE]}))]
    assert len(ask().claims) == 1
    assert len(chat.asked) == 2


@pytest.mark.parametrize("content", ["I cannot help with that.", '{"claims": [{"quote": 7}]}', ""])
def test_a_model_that_never_fits_is_given_up_for_this_text_alone(
    chat: Any, ask: Any, reply: Any, open_reader: Open, write: Any, content: str
) -> None:
    reader = open_reader()
    chat.replies = [reply(content)]
    with pytest.raises(ModelError, match="does not fit the schema"):
        ask(reader)
    assert reader.gave_up is None
    chat.answers(REVENUE | {"quote": "Globex revenue was $5.4 billion", "period": None})
    assert len(ask(reader, write("Globex revenue was $5.4 billion in all.")).claims) == 1


@pytest.mark.parametrize("raw", [b"<html>busy</html>", b"", b"{}", b'{"choices": []}', b"\xff\x00"])
def test_what_is_no_completion_is_an_error_of_ours(chat: Any, ask: Any, reply: Any, raw: bytes) -> None:
    chat.replies = [reply(raw=raw)]
    with pytest.raises(ModelError):
        ask()


def test_an_answer_without_end_is_cut(chat: Any, ask: Any, reply: Any) -> None:
    chat.replies = [reply(json.dumps({"claims": [REVENUE] * 500}))]
    with pytest.raises(ModelError):
        ask()


# -- slow, overloaded, away -----------------------------------------------------------------------------


def test_overload_and_failures_are_tried_again(chat: Any, ask: Any, reply: Any) -> None:
    chat.replies = [
        reply(status=429, headers={"retry-after": "0"}),
        reply(status=500),
        reply(json.dumps({"claims": [REVENUE]})),
    ]
    assert len(ask().claims) == 1
    assert len(chat.asked) == 3


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_stays_overloaded_is_given_up_and_not_asked_again_in_this_run(
    chat: Any, ask: Any, reply: Any, open_reader: Open, write: Any, status: int
) -> None:
    reader = open_reader()
    chat.replies = [reply(status=status)]
    with pytest.raises(ModelAway, match=f"HTTP status {status}, in 3 attempts"):
        ask(reader)
    with pytest.raises(ModelAway):
        ask(reader, write("Globex is another text altogether."))
    assert len(chat.asked) == 3


def test_a_server_that_wants_us_to_wait_for_an_hour_is_not_waited_for(chat: Any, ask: Any, reply: Any) -> None:
    chat.replies = [reply(status=429, headers={"retry-after": "3600"})]
    with pytest.raises(ModelAway, match="429"):
        ask()
    assert len(chat.asked) == 1


@pytest.mark.parametrize("status", [301, 400, 401, 404])
def test_a_refusal_is_not_tried_again(chat: Any, ask: Any, reply: Any, status: int) -> None:
    chat.replies = [reply(status=status, headers={"location": "http://127.0.0.1:1/v1/chat/completions"})]
    with pytest.raises(ModelAway, match=f"HTTP status {status}"):
        ask()
    assert len(chat.asked) == 1


def test_a_slow_server_is_waited_for_no_longer_than_set(chat: Any, ask: Any, reply: Any, open_reader: Open) -> None:
    chat.replies = [reply(delay=60)]
    with pytest.raises(ModelAway, match=r"no complete answer within 0\.2 s"):
        ask(open_reader(timeout=0.2, pace=Pace(attempts=2, pause_s=0.001, per_minute=100_000)))


def test_a_server_that_hangs_up_and_one_that_is_not_there(chat: Any, ask: Any, reply: Any, open_reader: Open) -> None:
    chat.replies = [reply(hang_up=True)]
    with pytest.raises(ModelAway, match="closed the connection"):
        ask()
    with pytest.raises(ModelAway, match="connection refused"):
        ask(open_reader(url="http://127.0.0.1:1/v1"))


def test_a_private_endpoint_must_be_listed(chat: Any, ask: Any, open_reader: Open) -> None:
    with pytest.raises(ModelAway, match="not a public address"):
        ask(open_reader(hosts=frozenset()))
    assert chat.asked == []


# -- what is remembered, what it costs --------------------------------------------------------------------


def test_the_same_text_prompt_and_model_are_asked_about_once(
    chat: Any, ask: Any, open_reader: Open, catalogue: Any, tmp_path: Path
) -> None:
    chat.answers(REVENUE)
    first = ask()
    assert ask(open_reader()) == first  # another run
    assert len(chat.asked) == 1
    ask(open_reader(model="other"))
    less = catalogue.model_copy(update={"predicates": catalogue.predicates[:1]})
    ask(open_reader(catalogue=less))
    assert len(chat.asked) == 3
    for path in (tmp_path / "cache").rglob("*.json"):
        path.write_bytes(b"\x00")  # damaged: as if it were not there
    assert ask(open_reader()) == first
    assert len(chat.asked) == 4


def test_no_more_is_spent_than_allowed_and_a_day_lasts_over_runs(chat: Any, ask: Any, open_reader: Open, write: Any) -> None:
    chat.answers()
    few = Limits(day_requests=2)
    ask(open_reader(limits=few))
    ask(open_reader(limits=few), write("Globex in another text."))
    with pytest.raises(BudgetSpent, match="2 of 2 requests in a day"):
        ask(open_reader(limits=few), write("Globex in a third text."))
    assert len(chat.asked) == 2
    assert ask(open_reader(limits=few)).claims == ()  # known: costs nothing
    tomorrow = datetime(2026, 1, 9, tzinfo=UTC).date()
    ask(open_reader(limits=few, today=tomorrow), write("Globex in a third text."))
    assert len(chat.asked) == 3


@pytest.mark.parametrize("usage", [True, False])
def test_tokens_are_counted_as_told_or_as_long_as_the_answer_was(
    chat: Any, ask: Any, reply: Any, open_reader: Open, write: Any, usage: bool
) -> None:
    reader = open_reader(limits=Limits(run_tokens=50))
    chat.replies = [reply('{"claims": []}', usage=usage)]
    ask(reader)
    assert (reader.budget.run.requests, reader.budget.run.tokens == 100) == (1, usage)
    with pytest.raises(BudgetSpent, match="tokens in a run"):
        ask(reader, write("Globex in another text."))


def test_attempts_that_fail_count_too(chat: Any, ask: Any, reply: Any, open_reader: Open) -> None:
    reader = open_reader(limits=Limits(run_requests=2))
    chat.replies = [reply(status=500)]
    with pytest.raises(BudgetSpent, match="2 of 2 requests in a run"):
        ask(reader)
    assert len(chat.asked) == 2


def test_a_text_not_of_the_field_is_not_sent(chat: Any, ask: Any, write: Any) -> None:
    stars = "The telescope saw a faint galaxy turn slowly in the southern sky that night. " * 12
    assert ask(about=write(stars)) == Found()
    assert chat.asked == []


def test_without_the_extra_it_says_what_to_install(ask: Any, open_reader: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "flows.extract.model.client", None)
    with pytest.raises(ModelAway, match=r"pip install 'deltawire\[llm\]'"):
        ask(open_reader())

"""What a report is about before its first figure: "Acme reported results for the second quarter", a heading over a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.parsed import Parsed
from flows.extract.periods import Reports
from flows.extract.scene import Draft, Scene
from storage.model import Modality
from storage.values import Period

_REPORT = re.compile(
    r"\b(?:results?|earnings|figures|numbers|accounts|quarterly|half-year|interim|annual report|(?:trading|financial|business) "
    r"(?:update|statement|report)|balance sheet|profits?|revenues?|sales|turnover|quarter|half|fiscal)\b",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"\b(?:results?|earnings|figures|numbers|accounts|report|statement|update|balance sheet)\b")
_REPORTING = frozenset(
    [
        "report",
        "post",
        "announce",
        "publish",
        "release",
        "present",
        "disclose",
        "file",
        "deliver",
        "close",
        "end",
        "finish",
        "have",
    ]
)
_SPANS = frozenset(["quarter", "half", "year", "fiscal"])


def remember(scene: Scene, number: int, parsed: Parsed, reports: Reports) -> None:
    """Keep the period that a line without amounts sets for the figures under it."""
    line = parsed.line
    if parsed.question or any(token.is_value for token in line.tokens):
        return
    times = [line.time(token) for token in line.tokens if token.letter == "t" and line.time(token).form in _SPANS]
    text = line.text[line.sentence.start : line.sentence.end]
    if len(times) != 1 or not _REPORT.search(text):
        return
    titled = line.sentence.kind == "heading" or not parsed.clauses
    clause = next((one for one in parsed.clauses if one.group.lemma in _REPORTING and one.group.lead == "finite"), None)
    if clause is None and not titled:
        return
    if clause is not None and not _RESULTS.search(parsed.words(clause.rest)):
        return
    if clause is not None and scene.scope(number, clause).modality is not Modality.ACTUAL:
        return
    named = {scene.company(line.mention(token).key)[0] for token in line.tokens if token.letter == "o"}
    company = named.pop() if len(named) == 1 else None
    if company is None and clause is not None:
        company = next(
            (scene.company(line.mention(line.tokens[one]).key)[0] for one in clause.subject if line.tokens[one].letter == "o"),
            None,
        )
    if company is None and not named:
        company = scene.company_before(number)
    if company is None:
        return
    period = reports.resolve(times[0], company)
    if period is not None and period.end is not None and (scene.published is None or period.end <= scene.published):
        reports.remember(company, line.sentence.paragraph, period)


_LENGTH = re.compile(
    r"\b(?:(?P<quarter>quarterly)|(?P<half>half-year(?:ly)?|interim)|(?P<year>annual|full-year|yearly))\b", re.IGNORECASE
)
_DAYS = {"quarter": (80, 100), "half": (170, 195), "year": (350, 380)}
_AHEAD = 2  # paragraphs


def look_ahead(scene: Scene, told: Sequence[Draft]) -> None:
    """Give "a rise in quarterly profit" the quarter that the next figures of the same company are about."""
    for place, draft in enumerate(told):
        sentence = scene.lines[draft.line].line.sentence
        if "period" in draft.qualifiers or not draft.rule.startswith(("figure: ", "growth: ")):
            continue
        found = _LENGTH.search(scene.text, sentence.start, sentence.end)
        if found is None or found.lastgroup is None:
            continue
        shortest, longest = _DAYS[found.lastgroup]
        for later in told[place + 1 :]:
            if scene.lines[later.line].line.sentence.paragraph - sentence.paragraph > _AHEAD:
                break
            period = later.qualifiers.get("period")
            if (
                later.subject == draft.subject
                and later.modality is Modality.ACTUAL
                and not later.rule.endswith(" before")
                and isinstance(period, Period)
                and period.start is not None
                and period.end is not None
                and shortest <= (period.end - period.start).days + 1 <= longest
            ):
                if "period" in scene.catalogue.by_key[draft.predicate].slot:
                    draft.qualifiers["period"] = period
                break

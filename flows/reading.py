"""A second reading: the language model beside the rules, both put together slot by slot."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flows.extract.engine import Survey, TraceLine
from flows.extract.model.errors import ModelError
from flows.extract.model.merge import Agree, Slot, merge
from flows.extract.model.reader import Found, ModelReader
from flows.newsroom import Newsroom
from flows.progress import watcher
from flows.reconcile.intervals import relation
from flows.reconcile.slots import predicate_of, slot_of
from storage.model import Article, Claim

AT_A_TIME = 2
"""Texts the model is asked about at once."""


@dataclass(slots=True)
class Second:
    """What came of it, by revision: the rules' claims with what the model says of them, and the model's own.

    `unheard` are the revisions it gave no answer to: of them the rules' claims stand as they are.
    """

    rules: dict[str, Sequence[Claim]]
    model: dict[str, Sequence[Claim]] = field(default_factory=dict)
    trace: dict[str, tuple[TraceLine, ...]] = field(default_factory=dict)
    refused: int = 0
    unheard: list[str] = field(default_factory=list)


def second_reading(
    room: Newsroom, model: ModelReader, articles: Sequence[Article], rules: Mapping[str, Sequence[Claim]]
) -> Second:
    """Have the model read what the rules have read. It never raises for want of an answer: that is told, once."""
    surveys = [room.extractor.survey(article, now=room.now) for article in articles if article.revision in rules]
    second = Second(dict(rules))
    told: set[str] = set()
    for survey, found in zip(surveys, asyncio.run(_all(room, model, surveys)), strict=True):
        revision = survey.article.revision
        if isinstance(found, ModelError):
            second.unheard.append(revision)
            if str(found) not in told:
                watcher().say(f"the rules alone: {found}")
                told.add(str(found))
            continue
        merged = merge(rules[revision], found.claims, slot=_slot(room), agree=_agree(room))
        second.rules[revision], second.model[revision] = merged.rules, merged.model
        second.trace[revision] = (*found.trace, *merged.trace)
        second.refused += found.refused
    return second


async def _all(room: Newsroom, model: ModelReader, surveys: Sequence[Survey]) -> list[Found | ModelError]:
    turns = asyncio.Semaphore(AT_A_TIME)

    async def one(survey: Survey) -> Found | ModelError:
        async with turns:
            try:
                return await model.read(survey, now=room.now)
            except ModelError as error:
                return error

    async with model:
        return list(await asyncio.gather(*map(one, surveys)))


def _slot(room: Newsroom) -> Slot:
    return lambda claim: slot_of(claim, room.catalogue).fact_id


def _agree(room: Newsroom) -> Agree:
    return lambda a, b: relation(a.value, b.value, predicate_of(a.predicate, room.catalogue)).agrees

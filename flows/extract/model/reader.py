"""A model as a reader of articles: asked about each text once, believed only as far as the text goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from flows.collect.fetch import Gate
from flows.collect.options import FetchOptions
from flows.config.catalogue import Catalogue
from flows.extract.engine import Survey, TraceLine, claim_of
from flows.extract.field import is_of_the_field
from flows.extract.grounding import Ground
from flows.extract.model.answer import Answer, Assertion
from flows.extract.model.assertion import Reader, Refused
from flows.extract.model.budget import Budget, Limits
from flows.extract.model.cache import Cache
from flows.extract.model.errors import BudgetSpent, ModelAway, ModelError
from flows.extract.model.line import Line, Pace
from flows.extract.model.prompt import instructions, parts
from flows.extract.scene import Draft
from storage.identity import digest
from storage.model import Claim, Evidence

VERSION = "1"
PREFIX = "llm:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model is and how much of it may be used."""

    base_url: str
    model: str
    api_key: str | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)

    @property
    def name(self) -> str:
        """The extractor's name on claims."""
        return PREFIX + self.model


class Asker(Protocol):
    """Whoever answers."""

    async def ask(self, text: str) -> Answer:
        """What a text says; ModelError where there is no answer that fits."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a model found in one text, and how much of it was refused, by reason."""

    claims: tuple[Claim, ...] = ()
    trace: tuple[TraceLine, ...] = ()
    refused: int = 0


class ModelReader:
    """Reads articles with one model. An asynchronous context manager: the connections live within it."""

    def __init__(
        self, endpoint: Endpoint, catalogue: Catalogue, options: FetchOptions, folder: Path, today: date,
        *, connect: Callable[[Line], Asker] | None = None,
    ) -> None:  # fmt: skip
        self.name = endpoint.name
        self._endpoint, self._options = endpoint, options
        self._instructions = instructions(catalogue)
        self.version = f"{VERSION}+{digest(self._instructions)[:8]}"
        self._cache = Cache(folder, endpoint.model, self._instructions)
        self.budget = Budget(endpoint.limits, folder, today)
        self._connect = connect or self._client
        self.gave_up: ModelError | None = None
        """Why no more is asked: the endpoint is away or the budget spent. What is in the cache is still read."""
        self._asker: Asker | None = None
        self._gate: Gate | None = None

    async def __aenter__(self) -> ModelReader:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._gate is not None:
            await self._gate.__aexit__()
        self._asker = self._gate = None

    async def read(self, survey: Survey, *, now: datetime) -> Found:
        """The grounded claims of one text; ModelError where the model gives no answer to it."""
        if not is_of_the_field(survey.scene):
            return Found()
        said = [one for part in parts(survey.text) for one in (await self._ask(part)).claims]
        reader, ground = Reader(survey.scene), Ground(survey.text, survey.scene.mentions, survey.scene.entities)
        claims: dict[str, Claim] = {}
        trace: list[TraceLine] = []
        for one in said:
            draft, evidence = _grounded(one, reader, ground)
            if draft is None or isinstance(evidence, str):
                at = max(0, survey.text.find(one.quote))
                trace.append(TraceLine(at, at + 1, self.name, "dropped", f"{evidence}: {one.quote[:120]!r}"))
                continue
            claim = claim_of(
                survey.article, draft, evidence, survey.as_of,
                estimated=survey.estimated, now=now, extractor=self.name, version=self.version,
            )  # fmt: skip
            claims.setdefault(claim.id, claim)
        return Found(tuple(claims.values()), tuple(trace), len(trace))

    async def _ask(self, text: str) -> Answer:
        known = self._cache.get(text)
        if known is not None:
            return known
        if self.gave_up is not None:
            raise self.gave_up
        try:
            if self._asker is None:
                self._gate = Gate(self._options)
                self._asker = self._connect(Line(self._gate, self.budget, self._endpoint.pace))
            answer = await self._asker.ask(text)
        except (ModelAway, BudgetSpent) as error:
            self.gave_up = error
            raise
        self._cache.put(text, answer)
        return answer

    def _client(self, line: Line) -> Asker:
        try:
            from flows.extract.model.client import Client  # noqa: PLC0415 - optional, and slow to load
        except ImportError as error:
            raise ModelAway(
                f"a language model needs the extra: pip install 'deltawire[llm]' ({error.name} is missing)"
            ) from error
        where = self._endpoint
        return Client(line, base_url=where.base_url, model=where.model, api_key=where.api_key, instructions=self._instructions)


def _grounded(said: Assertion, reader: Reader, ground: Ground) -> tuple[Draft, Evidence] | tuple[None, str]:
    """The draft of an assertion with its evidence, or why it has none."""
    try:
        draft = reader.draft(said)
    except Refused as refusal:
        return None, str(refusal)
    evidence = ground.evidence(draft)
    return (None, evidence) if isinstance(evidence, str) else (draft, evidence)

"""What a model may answer. Anything else is no answer, and is asked for once more."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
MOST = 200
"""Claims of one answer: more than any article holds, so that a model that runs on is no flood."""


class Assertion(BaseModel):
    """One thing the text says, in the text's own words."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    quote: Words = Field(description="the sentence or part of it that says so, copied exactly, character by character")
    subject: Words = Field(description="the name of whom or what it is about, as the text writes it")
    predicate: Words = Field(description="one of the listed keys")
    object: Words | None = Field(default=None, description="for relations: the name of the other, as the text writes it")
    value: Words | None = Field(
        default=None, description="the words of the quote that give the value, hedge and unit included: 'nearly $39.3 billion'"
    )
    direction: Literal["up", "down"] | None = Field(default=None, description="for growth: whether it rose or fell")
    state: Words | None = Field(default=None, description="for predicates with states: which of them")
    period: Words | None = Field(default=None, description="the words of the text that say which period it is about")
    qualifiers: dict[str, Words] = Field(
        default_factory=dict, description="the predicate's other qualifiers, in words of the text"
    )
    modality: Literal["actual", "planned", "targeted", "rumoured", "denied"] = "actual"
    attributed_to: Words | None = Field(default=None, description="who says so, where the text names somebody")


class Answer(BaseModel):
    """All a text says that the catalogue asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    claims: list[Assertion] = Field(max_length=MOST)

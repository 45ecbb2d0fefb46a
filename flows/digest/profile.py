"""A profile: for whom a digest is made, and what it tells them."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from pydantic import Field, field_validator

from flows.config.documents import Frozen
from storage.model import ChangeKind


class Profile(Frozen):
    """What one reader or team wants told.

    `entities` keeps what belongs to these entities (products, divisions, people included); empty
    keeps everything. `kinds` and `predicates` likewise. `least_importance` is on the catalogue's
    scale of 0 to 10; a dispute is told whatever its importance. `rows` and `sections` are where
    long tails begin to be folded into counts.
    """

    name: str = Field(default="default", pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)
    title: str = "Deltawire"
    entities: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    kinds: tuple[ChangeKind, ...] = ()
    least_importance: int = Field(default=0, ge=0, le=10)
    language: str = "en"
    rows: int = Field(default=24, ge=1)
    sections: int = Field(default=60, ge=1)
    articles: int = Field(default=40, ge=0)

    @field_validator("language")
    @classmethod
    def _language_known(cls, language: str) -> str:
        try:
            return str(Locale.parse(language.replace("-", "_")))
        except (UnknownLocaleError, ValueError) as error:
            raise ValueError(f"no such language: {language}") from error


DEFAULT = Profile()

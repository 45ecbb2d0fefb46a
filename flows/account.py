"""What a run did, in figures that add up over stations, chunks and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from storage.model import Article, ArticleState, Cause, Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`new`, `edited` and `same` count the articles offered; `set_aside` and `blocked` are among the new ones.

    `modelled` counts texts that a language model read as well, `refused` what it said without
    evidence, `unheard` the texts it gave no answer to. `reread` counts texts that were extracted
    again, `outdated` those that could be: they were read with another extractor, watchlist or
    catalogue than today's. `failed` names sources, `unreadable` documents. `changes` counts the
    ledger's new entries about facts by kind, `reading` those of them that a better reading brought
    about. `digests` are the files written.
    """

    polled: int = 0
    unchanged: int = 0
    failed: tuple[str, ...] = ()
    new: int = 0
    edited: int = 0
    same: int = 0
    set_aside: int = 0
    blocked: int = 0
    unreadable: tuple[str, ...] = ()
    claims: int = 0
    modelled: int = 0
    refused: int = 0
    unheard: int = 0
    reread: int = 0
    outdated: int = 0
    changes: Mapping[str, int] = field(default_factory=dict)
    reading: Mapping[str, int] = field(default_factory=dict)
    digests: tuple[str, ...] = ()

    def __add__(self, other: Account) -> Account:
        """Both together."""
        sums = {
            part.name: getattr(self, part.name) + getattr(other, part.name)
            for part in fields(self)
            if part.name not in {"changes", "reading"}
        }
        changes, reading = Counter(self.changes) + Counter(other.changes), Counter(self.reading) + Counter(other.reading)
        return Account(**sums, changes=dict(changes), reading=dict(reading))

    @classmethod
    def of_articles(cls, kept: Sequence[tuple[Article, str]], problems: Iterable[str] = ()) -> Account:
        """Articles, each with what storage made of it: "new", "edited" or "same"."""
        states = Counter(article.state for article, kind in kept if kind != "same")
        counts = Counter(kind for _, kind in kept)
        return cls(
            new=counts["new"],
            edited=counts["edited"],
            same=counts["same"],
            set_aside=states[ArticleState.SET_ASIDE],
            blocked=states[ArticleState.BLOCKED],
            unreadable=tuple(problems),
        )

    @classmethod
    def of_changes(cls, changes: Iterable[Change]) -> Account:
        """Entries of the ledger."""
        made = list(changes)
        return cls(
            changes=dict(Counter(str(change.kind) for change in made)),
            reading=dict(Counter(str(change.kind) for change in made if change.cause is Cause.READING)),
        )

    @property
    def in_part(self) -> bool:
        """Whether something failed while the rest was done."""
        return bool(self.failed or self.unreadable)

    @property
    def notes(self) -> tuple[str, ...]:
        """What could be done besides."""
        if not self.outdated:
            return ()
        return (f"note      {_count(self.outdated, 'text')} read with another version, watchlist or catalogue (run --reextract)",)

    @property
    def lines(self) -> tuple[str, ...]:
        """The account in words, only of what there was."""
        found = []
        if self.polled:
            reached = self.polled - len(self.failed)
            found.append(
                f"fetched   {reached} of {_count(self.polled, 'source')}"
                + (f", {self.unchanged} unchanged" if self.unchanged else "")
            )
        kinds = [f"{count} {name}" for name, count in (("new", self.new), ("edited", self.edited), ("known", self.same)) if count]
        aside = [f"{count} {name}" for name, count in (("set aside", self.set_aside), ("blocked", self.blocked)) if count]
        found.append(f"read      {', '.join(kinds) or 'no'} articles" + (f" ({', '.join(aside)})" if aside else ""))
        found.append(f"claimed   {_count(self.claims, 'claim')}")
        found.append(f"changed   {_kinds(Counter(self.changes) - Counter(self.reading))}")
        if self.modelled or self.unheard:
            unheard = f", {self.unheard} left to the rules alone" if self.unheard else ""
            found.append(f"model     {_count(self.modelled, 'text')} read, {_count(self.refused, 'claim')} refused{unheard}")
        if self.reread:
            found.append(f"reread    {_count(self.reread, 'text')}, better: {_kinds(self.reading)}")
        found.extend(self.notes)
        if self.unreadable:
            found.append(f"not read  {_count(len(self.unreadable), 'document')}")
        if self.failed:
            found.append(f"failed    {_count(len(self.failed), 'source')} (deltawire sources list)")
        found.extend(f"digest    {path}" for path in self.digests)
        return tuple(found)


def _kinds(changes: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in changes.items()) or "nothing"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")

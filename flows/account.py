"""What a run did, in figures that add up over stations, chunks and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from storage.model import Article, ArticleState, Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`new`, `edited` and `same` count the articles offered; `set_aside` and `blocked` are among the new ones.

    `failed` names sources, `unreadable` documents, `changes` counts the ledger's new entries about
    facts by kind. `digests` are the files written.
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
    changes: Mapping[str, int] = field(default_factory=dict)
    digests: tuple[str, ...] = ()

    def __add__(self, other: Account) -> Account:
        """Both together."""
        sums = {
            part.name: getattr(self, part.name) + getattr(other, part.name) for part in fields(self) if part.name != "changes"
        }
        return Account(**sums, changes=dict(Counter(self.changes) + Counter(other.changes)))

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
        return cls(changes=dict(Counter(str(change.kind) for change in changes)))

    @property
    def in_part(self) -> bool:
        """Whether something failed while the rest was done."""
        return bool(self.failed or self.unreadable)

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
        changed = ", ".join(f"{count} {kind}" for kind, count in self.changes.items())
        found.append(f"changed   {changed or 'nothing'}")
        if self.unreadable:
            found.append(f"not read  {_count(len(self.unreadable), 'document')}")
        if self.failed:
            found.append(f"failed    {_count(len(self.failed), 'source')} (deltawire sources list)")
        found.extend(f"digest    {path}" for path in self.digests)
        return tuple(found)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")

"""What a line becomes once its clauses are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.extract.tokens import Line
from flows.extract.verbgroups import VerbGroup


@dataclass(slots=True)
class Clause:
    """One verb with its subject and what follows it.

    `text` is the normalised line; `words` maps each of its space-separated pieces to its token index.
    `subject` holds token indices of entities that are (heads of) the subject; `owners` those that
    possess it ("Lenovo's share"); `head` is the subject's noun where it is no entity. `lemmas`
    are all verbs in `text`, so that a pattern that needs another is passed over at once.
    """

    line: Line
    group: VerbGroup
    subject: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    head: str = ""
    subject_tokens: tuple[int, ...] = ()
    rest: tuple[int, ...] = ()
    text: str = ""
    words: tuple[int, ...] = ()
    parent: int = -1
    lemmas: frozenset[str] = frozenset()
    relative: bool = False
    conditional: bool = False

    @property
    def start(self) -> int:
        """Where the clause begins in the text."""
        indices = [*self.subject_tokens, self.group.first]
        return self.line.tokens[min(indices)].start

    @property
    def end(self) -> int:
        """Where the clause ends in the text."""
        return self.line.tokens[max((*self.rest, self.group.last))].end


@dataclass(slots=True)
class Apposition:
    """An entity and what stands beside it between commas: "Mira Voss, chief executive of Orlo,"."""

    token: int
    words: tuple[int, ...]


@dataclass(slots=True)
class Parsed:
    """A line taken apart."""

    line: Line
    clauses: list[Clause] = field(default_factory=list)
    appositions: list[Apposition] = field(default_factory=list)
    question: bool = False

    def clause_at(self, index: int) -> Clause | None:
        """The clause a token belongs to: the innermost that has it after its verb, else the one it is the subject of."""
        after = [clause for clause in self.clauses if index in clause.rest]
        if after:
            return after[-1]
        return next((clause for clause in reversed(self.clauses) if index in clause.subject_tokens), None)

    def words(self, indices: Sequence[int]) -> str:
        """Some tokens as a normalised line of their own."""
        return " ".join(self.line.tokens[index].low for index in indices)

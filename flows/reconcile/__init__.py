"""Reconcile: claims become facts, and what happened to a fact becomes an entry of the ledger.

In: revisions whose claims are stored, the catalogue, the verdicts, `now`. Out: the facts of every
slot they touch, and the changes, in one transaction of the caller's. The facts are a pure function
of live claims, verdicts and the clock: any order, any batching and any repetition give the same.

    intervals    what two values are to each other
    slots        which claims speak of one fact
    independence how many stories stand behind them
    verdicts     what a person ruled
    fold         all of a slot's claims → its value, its disputes, its history
    promises     a fact about the future against the clock
    difference   what was known, what is now: what happened, and the reason in words
    ledger       the entries that tell it
    decide       the whole of it, pure
    edits        changes that an article's edit brought about, with what was edited
    apply        the edge: `reconcile`, `redecide`, `tick`
    judge        a person's verdict, recorded or taken back
    past         what was known at another time, in either clock
    check        proves that the stored facts are what the claims say

What can fail: only the database (`storage.errors`). A claim whose predicate has left the catalogue
is folded with the plainest rules and stops nothing.
"""

from flows.reconcile.apply import reconcile, redecide, tick
from flows.reconcile.check import Problem, check
from flows.reconcile.decide import Decision, decide
from flows.reconcile.independence import stories
from flows.reconcile.intervals import Relation, relation
from flows.reconcile.slots import Slot, slot_of

__all__ = [
    "Decision",
    "Problem",
    "Relation",
    "Slot",
    "check",
    "decide",
    "reconcile",
    "redecide",
    "relation",
    "slot_of",
    "stories",
    "tick",
]

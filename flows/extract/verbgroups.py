"""Verb groups: "has been pushed back", "is said to be preparing", each as one unit with what it implies.

A verb form counts as a verb only where one can stand: after a noun, a pronoun, "to", an auxiliary or
a conjunction, not after an article or a preposition. Chains ("agreed to buy", "is considering putting")
are one group whose last verb says what happens and whose earlier ones say how surely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.tokens import Token
from flows.extract.verbplaces import BE, DETERMINERS, HAVE, PREPOSITIONS, PRONOUNS, is_verb, word_at
from flows.extract.verbs import MODALS, NEGATED_AUXILIARIES, is_adverb, is_gerund, is_participle, lemma
from flows.extract.wordlists import word_set

__all__ = ["DETERMINERS", "PREPOSITIONS", "VerbGroup", "find_groups"]

_TO_ADJECTIVES = word_set(
    """
    set due likely able about ready supposed poised unlikely certain sure bound keen eager willing free happy slated
    scheduled said rumoured rumored thought believed understood known reported
    """
)
_GERUND_CHAINS = word_set(
    """
    consider begin start stop finish keep mull weigh contemplate discuss resume cease continue avoid
    """
)
_DO = word_set("does do did")
_BEFORE_IS = PRONOUNS | {"there"}
_NEGATIONS = word_set("not n't never nor")


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries. `first`..`last` are token indices, both included.

    `chain` holds the verbs and adjectives before the last one ("agree", "expect", "consider"); `lead`
    is how it opens: `finite`, `infinitive` ("to buy"), `gerund`, `participle`.
    """

    first: int
    last: int
    lemma: str
    form: str
    chain: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    negated: bool = False
    passive: bool = False
    perfect: bool = False
    progressive: bool = False
    be_to: bool = False
    lead: str = "finite"
    adverbs: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """How a normalised clause writes it: "«sign»", in the passive "«be sign»"."""
        chain = "".join(f"{link} " for link in self.chain)
        return f"«{chain}{'be ' if self.passive else ''}{self.lemma}»"


def find_groups(tokens: Sequence[Token]) -> list[VerbGroup]:
    """All verb groups of a sentence, in order, none overlapping another."""
    groups: list[VerbGroup] = []
    index = 0
    while index < len(tokens):
        group = _group_at(tokens, index)
        if group is None:
            index += 1
        else:
            groups.append(group)
            index = group.last + 1
    return groups


def _group_at(tokens: Sequence[Token], start: int) -> VerbGroup | None:
    if tokens[start].letter:
        return None
    first = tokens[start].low
    if first == "'s" and word_at(tokens, start - 1) not in _BEFORE_IS:
        return None
    auxiliary = (
        first in MODALS or first in BE or first in HAVE or first in _DO or first in NEGATED_AUXILIARIES or first in {"'d", "'ll"}
    )
    infinitive = first == "to" and _opens_infinitive(tokens, start)
    if first in MODALS and first in {"may", "might", "will", "can", "must"} and word_at(tokens, start - 1) in DETERMINERS:
        return None
    if not auxiliary and not infinitive and not is_verb(tokens, start):
        return None
    return _collect(tokens, start, infinitive=infinitive)


def _opens_infinitive(tokens: Sequence[Token], start: int) -> bool:
    after = start + 1
    while after < len(tokens) and is_adverb(word_at(tokens, after)):
        after += 1
    word = word_at(tokens, after)
    base = lemma(word)
    return word in {"be", "have", "do"} or (base == word and bool(word))


def _collect(tokens: Sequence[Token], start: int, *, infinitive: bool) -> VerbGroup | None:
    modals: list[str] = []
    chain: list[str] = []
    adverbs: list[str] = []
    negated = perfect = progressive = passive = be_to = False
    main, main_form, last = "", "", start
    previous = ""  # what the next verb form completes: "be", "have", "do", "modal", "to", "verb"
    index = start
    while index < len(tokens):
        word = word_at(tokens, index)
        if tokens[index].letter:
            break
        if word in _NEGATIONS and (previous or index == start):
            negated = True
        elif word in NEGATED_AUXILIARIES:
            negated, previous = True, NEGATED_AUXILIARIES[word]
            main, main_form, last = previous, word, index
        elif word in MODALS and previous in {"", "verb"} and previous != "verb":
            modals.append(word)
            negated = negated or word.endswith("n't") or word == "cannot"
            previous, last = "modal", index
            main, main_form = main or "be", word
        elif (
            word == "to"
            and (index == start or previous in {"verb", "be", "have", "adjective", "participle"})
            and _opens_infinitive(tokens, index)
        ):
            if previous == "be":
                be_to = True
            elif main and previous in {"verb", "participle"}:
                chain.append(main)
                passive = False  # "is expected to ship": what is expected is active
            elif previous == "have":
                modals.append("must")
            previous = "to"
        elif word in BE and previous != "verb":
            passive = False
            previous, main, main_form, last = "be", "be", word, index
        elif word in HAVE and previous in {"", "modal", "to"}:
            perfect, previous, main, main_form, last = True, "have", "have", word, index
        elif word in _DO and previous == "":
            previous, main, main_form, last = "do", "do", word, index
        elif word == "no" and word_at(tokens, index + 1) == "longer":
            negated = True
        elif word == "longer" and negated:
            pass
        elif is_adverb(word) and previous != "verb":
            adverbs.append(word)
            if index - last > 3:
                break
        elif (
            previous == "be"
            and word in _TO_ADJECTIVES
            and word_at(tokens, index + 1) == "to"
            and _opens_infinitive(tokens, index + 1)
        ):
            chain.append(word)
            previous = "adjective"
        elif (base := _base_of(word, previous)) and previous in {"", "modal", "to", "have", "be", "do"}:
            if previous == "be":
                if is_gerund(word):
                    progressive = True
                elif is_participle(word, base) or (word == base and word.endswith("ed")):
                    passive = True
                else:
                    break
            elif (previous == "have" and not is_participle(word, base) and word != base) or (
                previous in {"modal", "to", "do"} and word != base
            ):
                break
            main, main_form, last = base, word, index
            previous = "participle" if passive else "verb"
            if base in _GERUND_CHAINS and is_gerund(word_at(tokens, index + 1)) and lemma(word_at(tokens, index + 1)):
                chain.append(base)
                previous = "to_gerund"
        elif previous == "to_gerund" and base:
            main, main_form, last, previous = base, word, index, "verb"
        else:
            break
        index += 1
    if not main:
        return None
    if passive and chain and main == chain[-1]:
        passive = False
    finite_form = word_at(tokens, start)
    lead = "finite"
    if infinitive:
        lead = "infinitive"
    elif (is_gerund(finite_form) and finite_form not in HAVE) or finite_form in {"having", "being"}:
        lead = "gerund"
    elif start == last and is_participle(finite_form, main) and _opens_participle(tokens, start):
        lead = "participle"
    return VerbGroup(
        first=start,
        last=last,
        lemma=main,
        form=main_form,
        chain=tuple(chain),
        modals=tuple(modals),
        negated=negated,
        passive=passive,
        perfect=perfect,
        progressive=progressive,
        be_to=be_to,
        lead=lead,
        adverbs=tuple(adverbs),
    )


def _base_of(word: str, previous: str) -> str | None:
    """The verb of a form; after "be" or "have" any word in -ed is one, known or not."""
    base = lemma(word)
    if base is None and previous in {"be", "have"} and word.endswith("ed") and len(word) > 4 and "-" not in word:
        return word
    return base


def _opens_participle(tokens: Sequence[Token], start: int) -> bool:
    """Whether a form that may be past tense or participle opens a participial phrase rather than a predicate."""
    before = word_at(tokens, start - 1)
    if start == 0 or before in {"(", "–", "—", "as", "when", "if", "once", "unless", "than"}:
        return True
    following = word_at(tokens, start + 1)
    if before == ",":
        return following in {"by", "around"} or word_at(tokens, start) in {
            "named",
            "called",
            "dubbed",
            "led",
            "based",
            "founded",
            "known",
            "listed",
            "codenamed",
            "made",
            "owned",
            "backed",
            "followed",
            "headquartered",
        }
    return following == "by"

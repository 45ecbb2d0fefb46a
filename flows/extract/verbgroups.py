"""Verb groups: "has been pushed back", "is said to be preparing", each as one unit with what it implies.

A verb form counts as a verb only where one can stand: after a noun, a pronoun, "to", an auxiliary or
a conjunction, not after an article or a preposition. Chains ("agreed to buy", "is considering putting")
are one group whose last verb says what happens and whose earlier ones say how surely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.tokens import Token
from flows.extract.verbs import MODALS, NEGATED_AUXILIARIES, is_adverb, is_gerund, is_participle, lemma
from flows.extract.wordlists import word_set

DETERMINERS = word_set(
    """
    a an the this that these those its his her their our your my some any no every each another such all both most
    more many few several 's
    """
)
PREPOSITIONS = word_set(
    """
    of in on at by for with from into onto about over under after before between through during without within against
    among towards toward upon via per than as around near across behind beyond except despite like off out up down
    inside outside including besides until till since
    """
)
_PRONOUNS = word_set("i you he she it we they who which that whom there this these those what")
_NOUNY = word_set(
    """
    shares share sales sale results result plans plan orders order costs cost prices price deals deal reports report
    forecasts forecast cuts cut offers offer powers power drives drive targets target rates rate rise rises gain gains
    loss fall falls demand demands supply supplies lead leads lift lifts ships ship markets market increase increases
    decline declines drop drops jump jumps surge surges works work moves move runs run returns return uses use needs
    need hopes hope looks look talks talk calls call changes change claims claim estimates estimate views view
    questions question tests test models model phones phone names name parts part units rivals rival partners partner
    makes make makers hands hand stores store stocks stock racks charges charge features feature designs design
    releases release updates update records record values value focus form forms fuel fund funds list lists links link
    levels level limits limit line matters matter pairs pair places place position positions posts post project
    projects ranks rank range ranges rest review reviews set sets shape shapes show shows sign signs step steps
    structure support supports survey surveys time trade trades trains train trials trust turn turns visits visit
    votes vote walk wraps wrap yields yield process processes produce purchase purchases benefits benefit bids bid
    books book brief broadcast brands comment comments contacts contact contract contracts control controls cover
    covers credit damage debut display displays doubt draft effect end ends estimate exchange experience export
    exports face figures figure files file finance fire fit fix grants grant guide heads head help house houses impact
    imports import interest issue issues join label labels launch launches licence license load loads lock mark marks
    match measure measures mention mount notes note notice objects object outline own pack packs phase pick plants
    plant play pledge pledges present press pressure profile program programs promise promises proposal push queries
    quote quotes raise reach reads read rebound remains repeat request requests research reserve restart reward scale
    schedule score screen search seat section service services shift shifts shop shops shot site spin split stage
    stages stake start starts state states stay stem stop stress stretch stretches study subject swing switch switches
    team teams terms track tracks transfer transport travel value volume warrant watch water weights winter witness
    worth writing building meaning offering pricing shipping spending trading meeting holding manufacturing processing
    training computing chip chips count counts source sources table tables cooling networking gaming marketing
    engineering funding timing lighting housing recording
    reporting financing planning testing engineering banking ending standing earnings operating
    """
)
_TO_ADJECTIVES = word_set(
    """
    set due likely able about ready supposed poised unlikely certain sure bound keen eager willing free happy slated
    scheduled said rumoured rumored thought believed understood known reported
    """
)
_PREPOSITION_LIKE = frozenset(["compared", "following", "concerning", "depending"])
_GERUND_CHAINS = word_set(
    """
    consider begin start stop finish keep mull weigh contemplate discuss resume cease continue avoid
    """
)
_BE = word_set("is are was were been being be am 's 're")
_HAVE = word_set("has have had having 've")
_DO = word_set("does do did")
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


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


def _group_at(tokens: Sequence[Token], start: int) -> VerbGroup | None:
    first = _word(tokens, start)
    if tokens[start].letter:
        return None
    if first == "'s" and _word(tokens, start - 1) not in _PRONOUNS | {"there"}:
        return None
    auxiliary = (
        first in MODALS
        or first in _BE
        or first in _HAVE
        or first in _DO
        or first in NEGATED_AUXILIARIES
        or first in {"'d", "'ll"}
    )
    infinitive = first == "to" and _opens_infinitive(tokens, start)
    if first in MODALS and first in {"may", "might", "will", "can", "must"} and _word(tokens, start - 1) in DETERMINERS:
        return None
    if not auxiliary and not infinitive and not _is_verb(tokens, start):
        return None
    return _collect(tokens, start, infinitive=infinitive)


def _opens_infinitive(tokens: Sequence[Token], start: int) -> bool:
    after = start + 1
    while after < len(tokens) and is_adverb(_word(tokens, after)):
        after += 1
    word = _word(tokens, after)
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
        word = _word(tokens, index)
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
        elif word in _BE and previous != "verb":
            passive = False
            previous, main, main_form, last = "be", "be", word, index
        elif word in _HAVE and previous in {"", "modal", "to"}:
            perfect, previous, main, main_form, last = True, "have", "have", word, index
        elif word in _DO and previous == "":
            previous, main, main_form, last = "do", "do", word, index
        elif word == "no" and _word(tokens, index + 1) == "longer":
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
            and _word(tokens, index + 1) == "to"
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
            if base in _GERUND_CHAINS and is_gerund(_word(tokens, index + 1)) and lemma(_word(tokens, index + 1)):
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
    finite_form = _word(tokens, start)
    lead = "finite"
    if infinitive:
        lead = "infinitive"
    elif (is_gerund(finite_form) and finite_form not in _HAVE) or finite_form in {"having", "being"}:
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
    before = _word(tokens, start - 1)
    if start == 0 or before in {"(", "–", "—", "as", "when", "if", "once", "unless", "than"}:
        return True
    following = _word(tokens, start + 1)
    if before == ",":
        return following in {"by", "around"} or _word(tokens, start) in {
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


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word at `index` can be the verb of something, judged by its neighbours."""
    word = _word(tokens, index)
    base = lemma(word)
    if (
        base is None
        or (word in _PREPOSITION_LIKE and _word(tokens, index + 1) in {"to", "with", "the", "a", "an", "on"})
        or word in {"including", "excluding", "according", "regarding"}
        or _word(tokens, index - 1) == "-"
    ):
        return False
    back = index - 1
    if _word(tokens, back) == ")":  # "Orlo (the name in another script) cut …"
        opening = next((at for at in range(back, max(-1, back - 12), -1) if _word(tokens, at) == "("), 0)
        back = opening - 1 if opening > 0 else back
    before = _word(tokens, back)
    while back >= 0 and is_adverb(_word(tokens, back)) and before not in DETERMINERS:
        back -= 1
        before = _word(tokens, back)
    if back >= 0 and tokens[back].owns:  # "its planned takeover", "its bid"
        return False
    if word == "understanding" or (
        word == "forces" and lemma(before) == "join"
    ):  # "a memorandum of understanding", "joined forces"
        return False
    after = _word(tokens, index + 1)
    gerund = is_gerund(word)
    if (
        gerund
        and word in _NOUNY
        and (back < 0 or before in {"and", "or", ",", "while", "when"})
        and after not in DETERMINERS | PREPOSITIONS
        and not (index + 1 < len(tokens) and tokens[index + 1].letter)
    ):
        return False  # "Operating profit came in at …"
    if gerund:
        if before in DETERMINERS or (word in _NOUNY and not (before in {",", "by", "while", "when", "and"} or back < 0)):
            return False
        return (
            back < 0
            or before in PREPOSITIONS
            or before in {",", "and", "or", "but", "–", "—", ":", "while", "when", "(", "-"}
            or tokens[back].is_entity
            or tokens[back].is_value
            or before.isalpha()
        )
    if (
        back >= 0
        and (before in DETERMINERS or before in {"to", "and/or"})
        and before not in {"that", "this", "these", "those", "both", "all", "each"}
    ):
        return False
    if before in PREPOSITIONS and before not in {"up", "out", "down", "off", "over", "as", "than"}:
        return False
    if before in {"as", "than"} and not is_participle(word, base):
        return False
    if back >= 0 and tokens[back].is_value and word == base:
        return False
    if word in _NOUNY:
        return _nouny_is_verb(tokens, index, back, after)
    if back < 0 or before in {"“", '"', ":", "•", "-", "–", "—", "(", ";"}:
        return word != base or (back < 0 and base in {"see", "ask", "join", "sign"}) or before in {"–", "—"}
    if word == base and not tokens[back].is_entity and before not in _PRONOUNS and before not in {",", "and", "or", "but"}:
        return before.endswith("s") or before in {"people", "analysts", "who", "which", "that", "both", "children"}
    return True


def _nouny_is_verb(tokens: Sequence[Token], index: int, back: int, after: str) -> bool:
    word = _word(tokens, index)
    before = _word(tokens, back)
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is not None and following.letter == "m" and word in {"cost", "costs"}:
        return before not in PREPOSITIONS | DETERMINERS or before in {"this", "that"}
    if word in {"start", "begin"} and after in {"in", "on", "from", "this", "next"} and before.endswith("s") and lemma(before) is None:
        return True  # "deliveries start in October"
    if back == index - 1 and before not in _NOUNY and (base := lemma(before)) and (base == before or before.endswith("ed")):
        return False  # what a verb has for its object: "may buy chips from", "ordered racks from"
    if following is None or following.low in {".", ",", ";"}:
        return before in {"it", "he", "she", "they", "we", "which", "who", "that"} or (
            bool(before) and tokens[back].is_entity and word == "remains"
        )
    if lemma(after) and after not in {"up", "down", "set", "more", "out"} and after not in _NOUNY and not is_gerund(after):
        return False
    if after in MODALS or after in _BE or after in _HAVE:
        return False
    if before in _PRONOUNS and before not in {"this", "these", "those"}:
        return not (before == "that" and after in {"for", "of", "in"})
    starts_object = after in DETERMINERS | PREPOSITIONS | {
        "to",
        "up",
        "down",
        "out",
        "about",
        "around",
        "eight",
        "four",
        "that",
        "more",
        "its",
    } or bool(following.letter)
    if back >= 0 and tokens[back].is_entity and _word(tokens, back + 1) != "'s":
        return starts_object and not (after == "of" and word != "consist")
    if before in {"and", "or", "but", ","}:
        return (
            starts_object
            and after not in {"of", "for", "in", "and"}
            and word not in {"sales", "shares", "results", "orders", "prices", "costs", "parts"}
        )
    if back < 0:
        return False
    if is_gerund(before):  # "its operating costs down"
        return False
    singular_subject = word.endswith("s") and before.isalpha() and not before.endswith("s")
    plural_subject = not word.endswith("s") and before.endswith("s") and before not in {"sales", "news", "its", "'s"}
    return (singular_subject or plural_subject) and starts_object and after not in {"of", "for", "in", "and"}

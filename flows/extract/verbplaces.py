"""Where a verb can stand: whether a form that may be a verb is one, by the words around it.

After an article or a preposition a word is no verb; between a name and an object it is one. Words that
are nouns as often as verbs ("shares", "plans", "sales") need the more evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.extract.tokens import Token
from flows.extract.verbs import MODALS, is_adverb, is_gerund, is_participle, lemma
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
PRONOUNS = word_set("i you he she it we they who which that whom there this these those what")
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
    engineering funding timing lighting housing recording reporting financing planning testing engineering banking
    ending standing earnings operating
    """
)
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_OBJECT_OPENERS = _BEFORE_NOUNS | word_set("to up down out about around eight four that more its")
_PREPOSITION_LIKE = frozenset(["compared", "following", "concerning", "depending"])
BE = word_set("is are was were been being be am 's 're")
HAVE = word_set("has have had having 've")


def word_at(tokens: Sequence[Token], index: int) -> str:
    """The word or tag at a place; nothing beyond the ends."""
    return tokens[index].low if 0 <= index < len(tokens) else ""


def is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word at `index` can be the verb of something, judged by its neighbours."""
    word = word_at(tokens, index)
    base = lemma(word)
    if (
        base is None
        or (word in _PREPOSITION_LIKE and word_at(tokens, index + 1) in {"to", "with", "the", "a", "an", "on"})
        or word in {"including", "excluding", "according", "regarding"}
        or word_at(tokens, index - 1) == "-"
    ):
        return False
    back = index - 1
    if word_at(tokens, back) == ")":  # "Orlo (the name in another script) cut …"
        opening = next((at for at in range(back, max(-1, back - 12), -1) if word_at(tokens, at) == "("), 0)
        back = opening - 1 if opening > 0 else back
    before = word_at(tokens, back)
    while back >= 0 and is_adverb(word_at(tokens, back)) and before not in DETERMINERS:
        back -= 1
        before = word_at(tokens, back)
    if back >= 0 and tokens[back].owns:  # "its planned takeover", "its bid"
        return False
    if word == "understanding" or (
        word == "forces" and lemma(before) == "join"
    ):  # "a memorandum of understanding", "joined forces"
        return False
    after = word_at(tokens, index + 1)
    gerund = is_gerund(word)
    if (
        gerund
        and word in _NOUNY
        and (back < 0 or before in {"and", "or", ",", "while", "when"})
        and after not in _BEFORE_NOUNS
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
    if word == base and not tokens[back].is_entity and before not in PRONOUNS and before not in {",", "and", "or", "but"}:
        return before.endswith("s") or before in {"people", "analysts", "who", "which", "that", "both", "children"}
    return True


def _nouny_is_verb(tokens: Sequence[Token], index: int, back: int, after: str) -> bool:
    word = word_at(tokens, index)
    before = word_at(tokens, back)
    if word == "remains" and back >= 0 and tokens[back].is_entity and not tokens[back].owns:
        return True  # "Mira Voss remains chairwoman"
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is not None and following.letter == "m" and word in {"cost", "costs"}:
        return before not in _BEFORE_NOUNS or before in {"this", "that"}
    if (
        word in {"start", "begin"}
        and after in {"in", "on", "from", "this", "next"}
        and before.endswith("s")
        and lemma(before) is None
    ):
        return True  # "deliveries start in October"
    if back == index - 1 and before not in _NOUNY and (base := lemma(before)) and (base == before or before.endswith("ed")):
        return False  # what a verb has for its object: "may buy chips from", "ordered racks from"
    if following is None or following.low in {".", ",", ";"}:
        return before in {"it", "he", "she", "they", "we", "which", "who", "that"} or (
            bool(before) and tokens[back].is_entity and word == "remains"
        )
    if lemma(after) and after not in {"up", "down", "set", "more", "out"} and after not in _NOUNY and not is_gerund(after):
        return False
    if after in MODALS or after in BE or after in HAVE:
        return False
    if before in PRONOUNS and before not in {"this", "these", "those"}:
        return not (before == "that" and after in {"for", "of", "in"})
    starts_object = after in _OBJECT_OPENERS or bool(following.letter)
    if back >= 0 and tokens[back].is_entity and word_at(tokens, back + 1) != "'s":
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

"""Which product a clause, a list item or a bare figure speaks of.

A clause names its product as subject or as the subject's owner; a noun that only stands for it
("units", "deliveries", "the price") and the item of a list leave it to what went before.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.extract.clauses import Clause, Parsed, joined
from flows.extract.folding import words
from flows.extract.rules import listing
from flows.extract.scene import Scene, label_of, product_in_mind
from flows.extract.scope import REPORTING
from flows.extract.spans import Mention
from flows.extract.verbs import is_participle
from flows.extract.wordlists import PRODUCT_NOUNS

NAMED = frozenset(["alias", "form", "abbreviation"])
_STANDING = PRODUCT_NOUNS | words(
    """
    unit units system systems shipment shipments delivery deliveries customer customers buyer buyers sample samples
    production price prices pricing version versions sale sales order orders pre-orders preorders availability it they there
    thing release launch one model models memory storage battery screen display panel weight power bandwidth chassis capacity body
    lid keyboard camera case consumption draw highlights inside specifications specs features
    """
)
_OTHERS = words(
    """
    previous last older earlier old predecessor predecessors rival rivals rival's competing other another others next
    successor some most many no few first-generation
    """
)


def noun_stands(head: str) -> bool:
    """Whether a subject's noun only stands for the product in mind, or for a part of it, and for no other product."""
    words = head.split()
    if not words:
        return True
    last = words[-1]
    singular = last.removesuffix("s")
    return (last in _STANDING or singular in _STANDING) and not _OTHERS & set(words)


_PROMISED = words("expect price schedule slate plan due announce unveil")


def _promised(parsed: Parsed, clause: Clause) -> int | None:
    """The name right before a participle that says when or for how much: "…, the X, expected this autumn"."""
    first = clause.group.first
    if first < 2 or not bare(clause) or clause.group.lemma not in _PROMISED:
        return None
    return first - 2 if parsed.line.tokens[first - 1].low == "," and parsed.line.tokens[first - 2].letter == "p" else None


def products_of(parsed: Parsed, clause: Clause) -> list[Mention]:
    """The products a clause names as its subject, else the ones that own its subject."""
    line = parsed.line
    if (beside := _promised(parsed, clause)) is not None:
        return [line.mention(line.tokens[beside])]
    own = [line.mention(line.tokens[index]) for index in clause.subject if line.tokens[index].letter == "p"]
    if own:
        return own
    if (told := _told(parsed, clause)) is not None:
        return [told]
    blocked = [index for index in clause.subject if not _is_owner(parsed, index)]
    if blocked:
        return []
    owners = [line.mention(line.tokens[index]) for index in clause.owners if line.tokens[index].letter == "p"]
    if not owners and len(clause.subject_tokens) > 1:  # "flat out the thing pulls": an adverb that looks like a preposition
        last, before = (line.tokens[index] for index in (clause.subject_tokens[-1], clause.subject_tokens[-2]))
        if last.letter == "p" and before.low in {"out", "up", "down", "off"}:
            return [line.mention(last)]
    return owners[-1:]


def _is_owner(parsed: Parsed, index: int) -> bool:
    """Whether an entity among the subject's words only says whose the subject is ("its next platform")."""
    mention = parsed.line.mention(parsed.line.tokens[index])
    return mention.possessive or mention.kind not in {"org", "person"}


def _told(parsed: Parsed, clause: Clause) -> Mention | None:
    """The product that "said that its platform, for this and that, will …" is about, where commas hid it from the verb."""
    if clause.parent < 0 or clause.group.lead != "finite":
        return None
    teller = parsed.clauses[clause.parent]
    if teller.group.lemma not in REPORTING or teller.subject != clause.subject or not clause.subject:
        return None
    line = parsed.line
    between = line.tokens[teller.group.last + 1 : clause.group.first]
    if not any(token.low == "that" for token in between[:3]):
        return None
    return next((line.mention(token) for token in between if token.letter == "p" and not line.mention(token).possessive), None)


def of_clause(scene: Scene, number: int, parsed: Parsed, clause: Clause | None) -> Iterator[tuple[str, float]]:
    """The products a clause speaks of, each with how sure that is; nothing where it speaks of somebody or something else."""
    if clause is None:
        yield from in_mind(scene, number, parsed)
        return
    own = products_of(parsed, clause)
    if own:
        for mention in own:
            for key in mention.members or (mention.key,):
                yield key, 1.0 if mention.how in NAMED else 0.95
        return
    line = parsed.line
    if any(line.tokens[index].letter in {"o", "n"} and not _is_owner(parsed, index) for index in clause.subject):
        return
    if any(line.tokens[index].letter == "o" and not line.mention(line.tokens[index]).possessive for index in clause.owners):
        yield from _described(scene, number, parsed, clause)
        return
    if (
        clause.relative and (main := _governing(parsed, clause)) is not None
    ):  # "a display that reaches 600 nits": the display's owner
        if noun_stands(clause.head):
            yield from of_clause(scene, number, parsed, main)
        return
    if not noun_stands(_noun(parsed, clause)) or _is_of_others(parsed, clause):
        if _is_continued(parsed, clause) and (told := _last_told(scene, parsed, clause.group.first)) is not None:
            yield told, 0.88
        return
    if clause.subject and line.tokens[clause.subject[0]].letter == "l" and clause.head:
        return
    yield from in_mind(scene, number, parsed, before=min([*clause.subject_tokens, clause.group.first]))


def _described(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> Iterator[tuple[str, float]]:
    """ "The Orlo rack": the last product named before that this company makes, or that nobody else is known to make."""
    line = parsed.line
    owner = next(line.mention(line.tokens[index]).key for index in clause.owners if line.tokens[index].letter == "o")
    words = clause.head.split()
    if not words or words[-1] not in PRODUCT_NOUNS or _OTHERS & set(words):
        return
    for key in reversed(_named_before(scene, line.sentence.start)):
        if key not in scene.parts and makes(scene, owner, key):
            yield key, 0.9
            return


def _named_before(scene: Scene, place: int) -> list[str]:
    """Products in the order in which they were last named before a place."""
    keys: dict[str, None] = {}
    for mention in scene.mentions:
        if mention.start >= place:
            break
        if mention.kind == "product":
            keys.pop(mention.key, None)
            keys[mention.key] = None
    return list(keys)


def makes(scene: Scene, company: str, product: str) -> bool:
    """Whether a company makes a product, as far as the list, the text or the family's name says."""
    known = scene.entities.get(product)
    if known is not None:
        return not known.makers or company in known.makers
    for entity in scene.entities.values():
        if entity.kind == "product" and entity.makers and product.startswith(f"{entity.key}-"):
            return company in entity.makers
    return True


def last_of_maker(scene: Scene, number: int, company: str) -> str | None:
    """The product of a company that the last lines spoke of: what its claims of speed are about."""
    sentence = scene.lines[number].line.sentence
    first = next(
        (line.line.sentence.start for line in scene.lines if sentence.paragraph - line.line.sentence.paragraph <= 1),
        sentence.start,
    )
    for mention in scene.mentions:
        if first <= mention.start < sentence.start and mention.kind == "product":
            known = scene.entities.get(mention.key)
            if known is not None and company in known.makers:
                return mention.key
    return None


def _governing(parsed: Parsed, clause: Clause) -> Clause | None:
    """The clause in which the noun stands that a relative clause tells about."""
    if not clause.subject_tokens:
        return None
    noun = clause.subject_tokens[-1]
    return next((one for one in reversed(parsed.clauses) if one is not clause and not one.relative and noun in one.rest), None)


def _noun(parsed: Parsed, clause: Clause) -> str:
    """The subject's noun: what the clause calls its head, or the last words where adverbs open it ("flat out the thing")."""
    words = [parsed.line.tokens[index].low for index in clause.subject_tokens]
    if len(words) > 2 and words[-2] in {"the", "this", "that"}:
        return words[-1]
    return clause.head


def _is_continued(parsed: Parsed, clause: Clause) -> bool:
    """Whether a verb goes on after ", and" with a subject taken over from an earlier one, perhaps the wrong one of several."""
    first = clause.group.first
    tokens = parsed.line.tokens
    return clause.parent >= 0 and first >= 2 and tokens[first - 1].low == "and" and tokens[first - 2].low == ","


def _is_of_others(parsed: Parsed, clause: Clause) -> bool:
    """Whether the subject is of somebody else: "rivals' systems", "other machines", "the previous one"."""
    words = {parsed.line.tokens[index].low for index in clause.subject_tokens}
    return bool(words & _OTHERS)


def label(parsed: Parsed) -> tuple[int, str | None]:
    """Where the label that opens a line ends ("NAME:", "Networking:"; 0: none), and the product it names."""
    end, product = label_of(parsed)
    if not end or any(clause.group.first < end and clause.group.lead == "finite" for clause in parsed.clauses):
        return 0, None
    if product is not None and not any(
        token.letter == "p" and parsed.line.mention(token).how in NAMED for token in parsed.line.tokens[:end]
    ):
        return 0, None
    return end, product


def in_mind(scene: Scene, number: int, parsed: Parsed, *, before: int | None = None) -> Iterator[tuple[str, float]]:
    """The product that words without one are about: by the line's label, its list, an earlier name in it, or the text before."""
    line = parsed.line
    _, labelled = label(parsed)
    if labelled is not None:
        yield labelled, 0.97
        return
    if line.sentence.kind == "item":
        whole = listing.whole_of_list(scene, number)
        if whole is not None:
            yield whole, 0.93
        return
    if before is not None:
        told = _last_told(scene, parsed, before)
        if told is not None:
            yield told, 0.9
            return
        earlier = next(
            (
                line.mention(token).key
                for token in line.tokens[:before]
                if token.letter == "p"
                and not line.mention(token).possessive
                and line.mention(token).key not in scene.parts | scene.fitted
            ),
            None,
        )
        if earlier is not None:
            yield earlier, 0.9
            return
    product = product_in_mind(scene, number)
    if product is not None:
        yield product, 0.9


def _last_told(scene: Scene, parsed: Parsed, before: int) -> str | None:
    """The product that the nearest clause before a token has as its subject."""
    for clause in reversed(parsed.clauses):
        if clause.group.first >= before or clause.relative or clause.group.lead != "finite":
            continue
        for index in clause.subject:
            if parsed.line.tokens[index].letter == "p" and parsed.line.mention(parsed.line.tokens[index]).key not in scene.parts:
                return parsed.line.mention(parsed.line.tokens[index]).key
    return None


def reach(parsed: Parsed, clause: Clause) -> list[int]:
    """The tokens after a verb up to the next true clause: past verbs that are nouns ("selected markets") and bare participles."""
    tokens = parsed.line.tokens
    starts = {
        min([*other.subject_tokens, other.group.first]): other
        for other in parsed.clauses
        if other.group.first > clause.group.last
    }
    firsts = {other.group.first for other in parsed.clauses}
    found: list[int] = []
    for index in range(clause.group.last + 1, len(tokens)):
        before = tokens[index - 1].low
        other = starts.get(index)
        if tokens[index].low in {";", "while", "whereas", "although", "though"}:
            break
        if other is not None and index > clause.group.last + 1 and ((other.subject and not bare(other)) or before in _PARTING):
            break
        if index in firsts and before in {"and", "but", "or"}:
            break
        found.append(index)
    return found


def phrase_text(parsed: Parsed, clause: Clause) -> str:
    """A clause as product phrases are matched against it: all it reaches, without whose each product is ("its", "Orlo's")."""
    beside = _promised(parsed, clause)
    subject = f"{parsed.line.tokens[beside].low} " if beside is not None else clause.text[: clause.text.find("«")]
    tag = clause.text[clause.text.find("«") : clause.text.find("»") + 1]
    tokens = parsed.line.tokens
    words: list[str] = []
    for index in reach(parsed, clause):
        token = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is not None and (
            (token.letter == "o" and (following.low == "'s" or following.letter == "p" or parsed.line.mention(token).possessive))
            or (token.low == "'s" and tokens[index - 1].letter == "o")
        ):
            continue
        group = next((other.group for other in parsed.clauses if other.group.first == index), None)
        words.append(group.tag if group is not None and not token.letter else token.low)
    return joined(f"{subject}{tag} {' '.join(words)} ")


def bare(clause: Clause) -> bool:
    """Whether a verb is a lone participle or gerund that may only qualify a noun: "preinstalled", "tied together by"."""
    group = clause.group
    return group.first == group.last and (is_participle(group.form, group.lemma) or group.lead in {"gerund", "participle"})


_PARTING = words("and but , ; : – — because that which who where when as so after before")

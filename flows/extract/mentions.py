"""Entities named in a text: by the watchlist's aliases, and by the continuation of a product's name.

Aliases are found in one pass (Aho-Corasick over the case-folded text), then checked against word
boundaries and case. A family's or maker's name followed by model tokens ("ThinkPad X9 15 Gen 2")
is a product of its own. Names no list knows are the business of `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import ahocorasick_rs

from flows.config.watchlist import Entity, EntityKind, Watchlist
from flows.extract.naming import slug
from flows.extract.spans import Mention
from flows.extract.verbs import lemma
from flows.extract.wordlists import COMMON, DAYS, DEMONYMS, MONTHS, ORG_NOUNS, ORG_SUFFIXES, PLACES, PRODUCT_NOUNS, TITLE_HEADS

NEAR = 160
"""How far, in characters, a word of `not_near` spoils a name."""

_MODEL = r"(?:Gen|Series|Pro|Max|Ultra|Plus|Mini|Elite|Edition|Carbon|Super|Ti|SE|XD|Neptune|V|Mk|Mark|MkII)"
_TOKEN = (
    rf"(?:[A-Z]{{0,12}}[A-Za-z]{{0,4}}-?\d(?:[\w.+-]*\w)?|\d{{1,4}}[a-zA-Z]{{0,3}}|{_MODEL}\b|[A-Z]{{2,5}}\d*\b|"
    rf"[A-Z][a-z]{{1,12}})"
)
_CONTINUED = re.compile(rf"(?:[ -]{_TOKEN}){{1,6}}")
_LEGAL_FORM = re.compile(
    r",? (?:AG|SE|Inc|Corp|Ltd|Limited|PLC|plc|NV|SA|SpA|GmbH|AB|ASA|Oyj|Corporation|Incorporated)\b(?:\.(?= [a-z(,]|[,;)]))?"
)
_HAS_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_PLAIN_CAPITALS = frozenset("AI PC PCS TV GPU CPU NPU DPU US EU UK UAE CEO CFO CTO COO IFA CES MWC OLED LCD RAM SSD".split())
"""Capitals that say what a thing is or where, and do not name it."""
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class _Alias:
    text: str
    entity: Entity


class Gazetteer:
    """The watchlist, ready to be found in texts."""

    def __init__(self, watchlist: Watchlist) -> None:
        self.entities = watchlist.by_key()
        self._aliases = [
            _Alias(alias, entity)
            for entity in watchlist.entities
            for alias in dict.fromkeys((entity.name, *entity.aliases))
            if alias
        ]
        # Casefolding that keeps one character for one keeps offsets: the few letters that grow are left as they are.
        self._automaton = ahocorasick_rs.AhoCorasick(
            [_fold(alias.text) for alias in self._aliases], matchkind=ahocorasick_rs.MatchKind.Standard
        )
        self._not_near = {
            entity.key: re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in entity.not_near) + r")(?!\w)")
            for entity in watchlist.entities
            if entity.not_near
        }

    def find(self, text: str) -> list[Mention]:
        """All mentions by alias, longest first where they overlap, in order, homonyms left out."""
        found: list[tuple[int, int, _Alias]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(_fold(text), overlapping=True):
            alias = self._aliases[index]
            if _stands(text, start, end, alias.text):
                found.append((start, end, alias))
        found.sort(key=lambda match: (match[0], -match[1]))
        mentions: list[Mention] = []
        reached = 0
        for start, end, alias in found:
            if start < reached or self._is_homonym(text, start, end, alias.entity):
                continue
            mention = self._continued(text, start, end, alias.entity)
            mentions.append(mention)
            reached = mention.end
        return self._consistent(mentions, found, text)

    def _family(self, written: str, entity: Entity) -> str:
        """A family's name as its models carry it: without its maker's name before it."""
        if entity.name.lower() in written.lower():
            return entity.name
        for key in entity.makers:
            maker = self.entities.get(key)
            for name in (maker.name, *maker.aliases) if maker is not None else ():
                if written.lower().startswith(f"{name.lower()} "):
                    return written[len(name) + 1 :]
        return written

    def _is_homonym(self, text: str, start: int, end: int, entity: Entity) -> bool:
        pattern = self._not_near.get(entity.key)
        if pattern is None:
            return False
        return bool(pattern.search(text, max(0, start - NEAR), start) or pattern.search(text, end, min(len(text), end + NEAR)))

    def _consistent(self, mentions: list[Mention], found: Sequence[tuple[int, int, _Alias]], text: str) -> list[Mention]:
        """A name that means something else in most places of a text means it everywhere."""
        dropped: set[str] = set()
        for key in self._not_near:
            kept = sum(mention.key == key for mention in mentions)
            other = sum(
                1 for start, end, alias in found if alias.entity.key == key and self._is_homonym(text, start, end, alias.entity)
            )
            if other > kept:
                dropped.add(key)
        return [mention for mention in mentions if mention.key not in dropped]

    def _continued(self, text: str, start: int, end: int, entity: Entity) -> Mention:
        """The mention at `start`, taken further where model tokens follow a product's name."""
        key = entity.key
        if entity.kind is EntityKind.PRODUCT and (match := _CONTINUED.match(text, end)):
            tail = tail_of(match[0], headline=is_headline(text, start))
            if tail:
                full = f"{self._family(text[start:end], entity)}{tail}"
                known = self.entities.get(slug(full))
                key = known.key if known else slug(full)
                end += len(tail)
        elif entity.kind is EntityKind.ORG and (form := _LEGAL_FORM.match(text, end)):
            end = form.end()
        return Mention(start=start, end=end, key=key, kind=str(entity.kind), how="alias", possessive=is_possessive(text, end))


def _fold(text: str) -> str:
    """The text in lower case, one character for one, so that offsets hold."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one := char.lower()) == 1 else char for char in text)


def _stands(text: str, start: int, end: int, alias: str) -> bool:
    """Whether an alias stands at a place as a word of its own, written with the letters' case that matters."""
    here = text[start:end]
    if _CJK.search(alias):
        return True
    if (start and (text[start - 1].isalnum() or text[start - 1] in "_@")) or (
        end < len(text) and (text[end].isalnum() or text[end] == "_")
    ):
        return False
    if end < len(text) - 1 and text[end] in "-." and text[end + 1].isalnum() and text[end] == ".":
        return False
    if here == alias:
        return True
    if alias.islower():
        return True
    if len(alias) <= 4:
        return False
    return here[0].isupper() or here[0].isdigit()


def is_headline(text: str, place: int) -> bool:
    """Whether the line around a place is written with Capitals Throughout, so that they mark no name."""
    first, last = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    found = [word for word in re.findall(r"[^\W\d_]{2,}", text[first : len(text) if last < 0 else last]) if len(word) > 3]
    return len(found) > 5 and sum(word[0].isupper() for word in found) > 0.75 * len(found)


def tail_of(tail: str, *, headline: bool) -> str:
    """What of a run of capitalised words and numbers after a family's name belongs to the name of a model.

    With a number in it the run is a model up to that number, and on to the words with capitals after it ("TB5 Dock");
    without one it is a model ("Pro Rollable") unless a word of it is an ordinary one. Headlines give no such hint.
    """
    parts = re.findall(r"[ -][^ -]+(?:-[^ ]+)?", tail)
    numbered = max((index for index, part in enumerate(parts) if _HAS_DIGIT.search(part) and not _is_year(part)), default=-1)
    kept = parts[: numbered + 1]
    for part in parts[numbered + 1 :]:
        word = part.strip(" -")
        model = re.fullmatch(_MODEL, word) is not None
        if _is_year(part) or part[0] == "-" or (not kept and not model and (word.isupper() or len(word) < 3)):
            break
        if not model and ((headline and not word.isupper()) or _is_ordinary(word, named=bool(kept))):
            break
        if word.isupper() and word in _PLAIN_CAPITALS and (not kept or _HAS_DIGIT.search(kept[-1])) and word != "AI":
            break
        kept.append(part)
    return "".join(kept)


def _is_year(part: str) -> bool:
    return _YEAR.match(part.strip(" -")) is not None


def _is_ordinary(word: str, *, named: bool) -> bool:
    """Whether a capitalised word is not of a product's name; after a model's number a noun for a product may be."""
    low = word.lower()
    if named and low in PRODUCT_NOUNS:
        return False
    if low in COMMON | DEMONYMS | MONTHS | DAYS | PLACES | TITLE_HEADS | ORG_NOUNS | ORG_SUFFIXES:
        return True
    if lemma(low) not in {None, low}:
        return True
    return not named and (low in PRODUCT_NOUNS or low.removesuffix("s") in PRODUCT_NOUNS)


def is_possessive(text: str, end: int) -> bool:
    """Whether "'s" or "s'" follows a name."""
    return text[end : end + 2] in {"'s", "’s"} or (
        text[end : end + 1] in {"'", "’"} and end > 0 and text[end - 1] in "sS" and not text[end + 1 : end + 2].isalpha()
    )

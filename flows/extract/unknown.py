"""Names no list knows, found by form: what is written with capitals, and what kind of thing it must be.

Every capitalised sequence of a text that the watchlist does not cover is gathered once; what stands
around its occurrences votes on its kind (a title before it: a person; "the cloud provider" after it:
a company; "named" after a machine: a product). Nothing here decides facts, only what is named.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flows.extract.mentions import is_possessive
from flows.extract.naming import company_slug, slug
from flows.extract.spans import Mention, Sentence
from flows.extract.verbs import lemma
from flows.extract.wordlists import (
    COMMON,
    DAYS,
    DEMONYMS,
    HONORIFICS,
    MONTHS,
    ORG_NOUNS,
    ORG_SUFFIXES,
    PERSON_NOUNS,
    PLACES,
    PRODUCT_NOUNS,
    TITLE_HEADS,
    word_set,
)

_WORD = re.compile(r"[^\W_]+(?:[-’'.&/+][^\W_]+)*\.?(?=\W|$)|[^\W_]+")
_MODEL_TOKEN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9][\w.+-]*$|^\d{1,4}$")
_PARTICLES = word_set("van von de der den del della di da dos du la le bin ter ten af")
_COUNTED = re.compile(
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen|dual|single|multi|half|full)-[A-Z]",
    re.IGNORECASE,
)
_TITLES = "|".join(sorted((re.escape(title) for title in TITLE_HEADS), key=len, reverse=True))
_TITLE_BEFORE = re.compile(rf"(?:^|[\s,“\"(])(?:{_TITLES})(?:\s+(?:and|&)\s+(?:{_TITLES}))?,?\s+$", re.IGNORECASE)
_TITLE_AFTER = re.compile(
    rf"^(?:\s*\([^)]{{1,20}}\))?,?\s*(?:\(|,\s*)(?:\d\d,\s*)?(?:who is\s+)?(?:the |a |an |its |their |now |currently |"
    rf"former |then )?(?:[\w’'-]+\s+){{0,4}}?(?:{_TITLES})\b",
    re.IGNORECASE,
)
_TITLE_OF_BEFORE = re.compile(rf"(?:['’]s|\b\w+) (?:{_TITLES}) (?:of|for) [\w -]{{3,40}}, $", re.IGNORECASE)
_CAREER = re.compile(
    r"^\s+(?:(?:has|have|had|will|is|was|would) )?(?:been |be |to )?(?:became|become|becomes|appointed|named as|"
    r"named (?:chief|president|head|chair)|promoted|hired|joined|joins|join|takes over|took over|"
    r"succeed\w*|replace[sd]?|steps? down|stepped down|resign\w*|retire[sd]?|stays on|remains? (?:chief|president|chair)|"
    r"leads|runs|heads|pointed out)\b"
)
_SPEECH = (
    r"(?:said|says|told|added|adds|noted|wrote|explained|argued|insisted|confirmed|warned|commented|joked|replied|"
    r"stated|emphasised|emphasized)"
)
_ORG_ATTRIBUTES = (
    r"(?:founder|chairman|chairwoman|chief|ceo|cfo|president|board|shares?|stock|revenues?|sales|headcount|workforce|"
    r"plants?|factory|spokes\w+|"
    r"shareholders|investors|employees|staff|customers|application|previous|profits?|rival|margin|business|hq|"
    r"headquarters|managing|head)"
)
_NOUNS = "|".join(sorted((re.escape(noun) for noun in ORG_NOUNS), key=len, reverse=True))
_THINGS = "|".join(sorted((re.escape(noun) for noun in PRODUCT_NOUNS), key=len, reverse=True))
_ORG_BEFORE = re.compile(rf"\b(?:{_NOUNS})\s+$", re.IGNORECASE)
_ORG_AFTER = re.compile(
    rf"^(?:\s*\([^)]{{1,24}}\))?,\s+(?:an?|the|its|one of|another|[a-z]+’s|"
    rf"[A-Z]\w+['’]s)\s(?:[^,.;:]{{0,60}}?[\s-])?(?:{_NOUNS})\b",
    re.IGNORECASE,
)
_ORG_LEFT = re.compile(
    r"(?:takeover of|acquisition of|merger with|bid for|offer for|talks with|agreement with|partnership with|deal with|"
    r"contract with|together with|stake in|"
    r"(?:invest\w*|billion|million) (?:in|into)|according to|purchase of|subsidiary of|(?:buy|bought|acquire[sd]?|"
    r"acquiring|buying)|from rival|rivals?|supplied|suppliers?|sale to|order from|by researchers? at|figures from|"
    r"estimate of|shares (?:in|of)|with)\s+$",
    re.IGNORECASE,
)
_ORG_RIGHT = re.compile(
    r"^(?:,? (?:meanwhile|however|too|for its part|by contrast),)?\s+(?:has |have |had |will |would |also |now |is |"
    r"was )*(?:led\b|held\b|holds\b|ranked|overtook|grew\b|counts\b|owns|(?:first|second|third|fourth|fifth|"
    r"number \w+) (?:with|in|at|place)|acquir\w+|b(?:uy|ought)\w*|employ\w*|report(?:s|ed)\b|sign(?:s|ed)|invest\w*|"
    r"post(?:s|ed)|book(?:s|ed)|announc\w+|launch\w*|ship(?:s|ped)|"
    r"suppl\w+|order(?:s|ed)|agree[sd]?|plan(?:s|ned)|expect\w*|shares|shipped|sells|sold|makes|made|generat\w+|hired|"
    r"cut|laid off|unveil\w+|introduc\w+|offered|raised|recruit\w*)\b"
)
_PLACE_LEFT = re.compile(r"\b(?:in|near|outside|across|from|at|around|to)\s+(?:the )?$", re.IGNORECASE)
_PLACE_NOUN_LEFT = re.compile(
    r"\b(?:port|city|town|village|province|region|state|district|plant in|site in|factory in|centre in|center in|"
    r"halls? in|based in|headquartered in) (?:of |in )?$|(?:plant|factory|site|centre|center|campus|office)\w* (?:in|"
    r"near|at) $",
    re.IGNORECASE,
)
_PLACE_RIGHT = re.compile(
    r"^,\s+(?:in |near |north|south|east|west|outside |the capital|a (?:city|town|suburb|village))|^-based\b", re.IGNORECASE
)
_NAMED = re.compile(
    rf"\b(?:{_THINGS})s?,?\s+(?:is |was |to be |will be |has been |)?(?:named|called|dubbed|codenamed|code-named|"
    rf"christened|known as)\s+[“\"]?$",
    re.IGNORECASE,
)
_LAUNCHED = re.compile(
    r"\b(?:introduc\w+|launch\w*|unveil\w+|present(?:s|ed|ing)|releas\w+|announc(?:ed|es|ing)|debut\w*)\s+(?:the |its |"
    r"a |an |their )?(?:new |latest |first )?[“\"]?$",
    re.IGNORECASE,
)
_THING_RIGHT = re.compile(rf"^[”\"]?\s+(?:[\w-]+ )?(?:{_THINGS})s?\b")
_THING_AFTER = re.compile(rf"^[,”\"]*,\s+(?:an?|the|its)\s(?:[^,.;:]{{0,60}}?[\s-])?(?:{_THINGS})\b", re.IGNORECASE)


@dataclass(slots=True)
class _Name:
    text: str
    places: list[tuple[int, int]] = field(default_factory=list)
    votes: dict[str, float] = field(default_factory=dict)


def find(text: str, sentences: Sequence[Sentence], known: Sequence[Mention]) -> list[Mention]:
    """Mentions by form, in order; none overlaps one in `known`."""
    covered = {offset for mention in known for offset in range(mention.start, mention.end)}
    starts_after_org = {mention.end: mention for mention in known if mention.kind == "org"}
    names: dict[str, _Name] = {}
    lower_words = set(re.findall(r"(?<![.!?:\n] )(?<![“\"\n])\b[a-z][\w-]+", text))
    for sentence in sentences:
        for start, end in _sequences(text, sentence, covered, lower_words):
            name = names.setdefault(text[start:end], _Name(text[start:end]))
            name.places.append((start, end))
            for kind, weight in _votes(text, sentence, start, end, starts_after_org):
                name.votes[kind] = name.votes.get(kind, 0) + weight
    return _resolved(text, names, known)


def _sequences(text: str, sentence: Sentence, covered: set[int], lower_words: set[str]) -> Iterable[tuple[int, int]]:
    """Runs of capitalised words and model tokens in a sentence."""
    run: list[tuple[int, int]] = []
    last_end = -1
    first = True
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        start, end = match.span()
        word = text[start:end]
        if word.endswith(".") and not re.fullmatch(r"(?:[A-Z]\.)+|[A-Z][a-z]?\.", word):
            end -= 1
            word = word[:-1]
        possessive = word.endswith(("'s", "’s"))
        if possessive:
            end -= 2
            word = word[:-2]
        joined = bool(run) and text[last_end:start] == " "
        capital = word[0].isupper() or (any(char.isupper() for char in word[1:]) and word[0].isalpha())
        if (
            word.isdigit()
            and run
            and not re.search(r"[A-Z]{2}|\d|^(?:Gen|Series|Mark|Type|Model|Phase)$", text[run[-1][0] : run[-1][1]])
        ):
            joined = False
        model = (
            joined
            and bool(_MODEL_TOKEN.match(word))
            and not re.fullmatch(r"(?:19|20)\d\d", word)
            and not (word.isdigit() and text[end : end + 1] in {",", "%"} and text[end + 1 : end + 2].isdigit())
        )
        low = word.lower()
        taken = start in covered
        plain = (
            low in COMMON
            or low in DEMONYMS
            or low in HONORIFICS
            or (
                low in TITLE_HEADS
                and low not in {"partner", "lead", "principal", "chair", "owner", "fellow", "head", "boss", "architect"}
            )
        )
        opens = not joined and (
            first
            or text[max(0, start - 2) : start] in {"“", ' "', '."', ": ", "• ", "- "}
            or text[start - 1 : start] in {"“", '"'}
        )
        leads = re.match(r" [A-Z][\w-]*[a-z]", text[end : end + 14]) is not None and low not in ORG_NOUNS | PERSON_NOUNS
        if (
            opens
            and capital
            and not taken
            and low in lower_words
            and not leads
            and text.count(word) - text.count(f". {word}") < 2
        ):
            plain = True
        if opens and (low in ORG_NOUNS | PERSON_NOUNS or (lemma(low) is not None and low != lemma(low))):
            plain = True
        if _COUNTED.match(word):
            capital = False
        first = False
        if (
            low in DEMONYMS
            and not taken
            and re.match(r" [A-Z][\w-]+(?: [A-Z][\w-]+)?", text[end : end + 40])
            and (after := re.match(r"(?: [A-Z][\w-]+)+", text[end : end + 60]))
            and after[0].split()[-1].lower() in ORG_SUFFIXES
        ):
            plain = False
        if (
            low in DEMONYMS | COMMON
            and (pair := re.match(r" [A-Z]\w+", text[end : end + 20]))
            and f"{low}{pair[0].lower()}" in PLACES
        ):
            plain = False
        if text[end : end + 1] in {"$", "€", "£"} or re.search(r"-[a-z]", word):
            capital = False
        if (
            joined
            and not capital
            and low in _PARTICLES
            and re.match(r" (?:(?:de|der|den|la|le) )?[A-Z][a-z]", text[end : end + 8])
            and text[run[-1][0] : run[-1][1]].istitle()
        ):
            run.append((start, end))
            last_end = end
            continue
        ok = (capital or model) and not taken and not (plain and (not run or low not in ORG_SUFFIXES))
        if ok and run and not joined:
            yield from _closed(run)
            run = []
        if ok:
            run.append((start, end))
            last_end = end
            if possessive:
                yield from _closed(run)
                run = []
        else:
            yield from _closed(run)
            run = []
    yield from _closed(run)


def _closed(run: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    if run and run[-1][1] - run[0][0] > 1:
        yield run[0][0], run[-1][1]


def _votes(text: str, sentence: Sentence, start: int, end: int, after_org: dict[int, Mention]) -> Iterable[tuple[str, float]]:
    """What the surroundings of one occurrence say about its kind."""
    left, right = text[max(sentence.start, start - 90) : start], text[end : min(sentence.end, end + 110)]
    name = text[start:end]
    words = name.split()
    last = words[-1].lower().strip(".")
    own = is_possessive(text, end)
    if own:
        right = right[2:]
    if _TITLE_BEFORE.search(left) and len(words) <= 4:
        yield "person", 3
    if len(words) >= 2 and _TITLE_AFTER.match(right) and not own:
        yield "person", 3
    if re.search(r"\b(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame)\.?\s+$", left):
        yield "person", 4
    if 2 <= len(words) <= 4 and re.search(rf"\b{_SPEECH}\s+$", left):
        yield "person", 2
    if 2 <= len(words) <= 4 and re.match(rf"^,?\s+(?:also |later )?{_SPEECH}\b", right):
        yield "person", 1
    if 2 <= len(words) <= 4 and last not in ORG_SUFFIXES and _CAREER.match(right):
        yield "person", 2.5
    if 2 <= len(words) <= 4 and _TITLE_OF_BEFORE.search(left):
        yield "person", 3
    if re.match(r"^,\s+who\b", right):
        yield "person", 2
    if re.match(r"^,\s+which\b", right):
        yield "org", 0.5
    if len(words) > 1 and last in ORG_SUFFIXES:
        yield "org", 3
    if (
        words[0].lower() in {"bank", "banco", "banque", "university", "institute", "ministry", "universidad", "groupe", "grupo"}
        and len(words) > 1
    ):
        yield "org", 3
    if _ORG_BEFORE.search(left):
        yield "org", 3
    if _ORG_AFTER.match(right):
        yield "org", 3
    if own and re.match(rf"\s+(?:[\w-]+ )?{_ORG_ATTRIBUTES}\b", right, re.IGNORECASE):
        yield "org", 2
    if re.match(r"^\s+(?:shares|stock)\b", right):
        yield "org", 3
    if _ORG_LEFT.search(left):
        yield "org", 1.5
    if _ORG_RIGHT.match(right):
        yield "org", 1
    if re.search(rf"\b(?:{_TITLES})\s+(?:at|of|for)\s+(?:the )?$", left, re.IGNORECASE):
        yield "org", 3
    if re.search(
        r"\b(?:director|analyst|head|manager|officer|president|engineer|researcher|professor)\b[\w\s]{0,40}\b(?:at|"
        r"with)\s+(?:the )?$",
        left,
        re.IGNORECASE,
    ):
        yield "org", 3
    if len(words) == 1 and re.fullmatch(r"[A-Z][a-z]+[A-Z]\w+", name):
        yield "org", 1
    if name.lower() in PLACES:
        yield "place", 9
    if _PLACE_NOUN_LEFT.search(left) or _PLACE_RIGHT.match(right):
        yield "place", 2
    if _PLACE_LEFT.search(left):
        yield "place", 1
    if any(_MODEL_TOKEN.match(word) and re.search(r"\d", word) for word in words):
        yield "product", 3
        if start - 1 in after_org or (start - 3 in after_org and after_org[start - 3].possessive):
            yield "product", 2
    if _NAMED.search(left) or words[0] == "Project":
        yield "product", 4
    if _THING_RIGHT.match(right) or words[0] == "Campus":
        yield (
            "product",
            (1.5 if re.match(r"\s+(?:project|plant|factory|facility|programme|program|initiative|cent)", right) else 2),
        )
    if _THING_AFTER.match(right) and not _ORG_AFTER.match(right):
        yield "product", 2
    if _LAUNCHED.search(left):
        yield "product", 2
    if re.search(rf"\b(?:{_THINGS})\s+[“\"]?$", left, re.IGNORECASE):
        yield "product", 1.5


def _resolved(text: str, names: dict[str, _Name], known: Sequence[Mention]) -> list[Mention]:
    """One key and one kind a name; short forms ("Hansa", "SC850r") take the key of the long one."""
    decided: dict[str, tuple[str, str, str]] = {}  # name → key, kind, how
    long_forms = sorted((name for name in names.values() if " " in name.text), key=lambda name: -len(name.text))
    short: dict[str, list[str]] = defaultdict(list)
    persons = {name.text for name in names.values() if " " not in name.text and _kind(name) == "person"}
    for name in long_forms:
        kind = _kind(name)
        if kind in {None, "place"} and name.text.split()[-1] in persons and len(name.text.split()) <= 3:
            kind = "person"
        if kind is None:
            continue
        decided[name.text] = (_key(name.text, kind), kind, "form")
        words = name.text.split()
        if kind == "org" and len(words[0]) > 3 and words[0].lower() not in COMMON | DEMONYMS:
            short[words[0]].append(name.text)
        if kind == "person":
            short[words[-1]].append(name.text)
        if kind == "product":
            for word in words:
                if re.search(r"\d", word) and len(word) >= 4:
                    short[word].append(name.text)
            short[words[-1]].append(name.text)
            for index in range(1, len(words)):
                short[" ".join(words[index:])].append(name.text)
                short[" ".join(words[:index])].append(name.text) if index > 1 else None
    for mention in known:
        if mention.kind in {"product", "person"}:
            whole = text[mention.start : mention.end]
            words = whole.split()
            for index in range(1, len(words)):
                tail = " ".join(words[index:])
                if (mention.kind == "product" and re.search(r"\d", tail) and len(tail) >= 4) or (
                    mention.kind == "person" and index == len(words) - 1
                ):
                    decided.setdefault(
                        tail, (mention.key, mention.kind, "surname" if mention.kind == "person" else "abbreviation")
                    )
            if mention.kind == "person" and len(words) == 2:  # family name first, as in Chinese
                decided.setdefault(words[0], (mention.key, "person", "surname"))
    for name in names.values():
        if name.text in decided:
            continue
        if name.text in short and len({decided[full][0] for full in short[name.text]}) == 1:
            key, kind, _ = decided[short[name.text][0]]
            decided[name.text] = (key, kind, "surname" if kind == "person" else "abbreviation")
            continue
        kind = _kind(name)
        if kind is not None:
            decided[name.text] = (_key(name.text, kind), kind, "form")
    found = [
        Mention(start=start, end=end, key=key, kind=kind, how=how, possessive=is_possessive(text, end))
        for name in names.values()
        if name.text in decided
        for key, kind, how in (decided[name.text],)
        if key
        for start, end in name.places
    ]
    return sorted(found, key=lambda mention: mention.start)


def _key(name: str, kind: str) -> str:
    return company_slug(name) if kind == "org" else slug(name)


def _kind(name: _Name) -> str | None:
    """The kind most votes are for; a name with no vote at all stays unnamed."""
    if not name.votes:
        return None
    kind, weight = max(name.votes.items(), key=lambda vote: (vote[1], vote[0]))
    if kind == "place" and weight <= 1 and len(name.votes) > 1:
        kind, weight = max(
            ((other, score) for other, score in name.votes.items() if other != "place"), key=lambda vote: (vote[1], vote[0])
        )
    if name.text.lower() in MONTHS | DAYS or weight < 1:
        return None
    return kind

"""What the words around a name say about the kind of thing it names.

A title before it, or a career after it: a person; "the cloud provider" after it: a company; "named"
after a machine: a product; "the port of" before it: a place. Each clue is a vote with a weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.extract.mentions import is_possessive
from flows.extract.spans import Mention, Sentence
from flows.extract.wordlists import (
    ORG_NOUNS,
    ORG_SUFFIXES,
    PLACES,
    PRODUCT_NOUNS,
    TITLE_HEADS,
)

_WORD = re.compile(r"[^\W_]+(?:[-’'.&/+][^\W_]+)*\.?(?=\W|$)|[^\W_]+")
_MODEL_TOKEN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9][\w.+-]*$|^\d{1,4}$")


MODEL_TOKEN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9][\w.+-]*$|^\d{1,4}$")
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
    r"leads|runs|heads|stands? down|will (?:step|stand) down|pointed out)\b"
)
_HOLDS = re.compile(
    rf"^(?:, \d\d,|,? who)?\s+(?:(?:still|now|currently) )?(?:is|was|remains|has been|had been|has (?:run|led|headed)|"
    rf"will be|stays)\s(?:[\w’'-]+\s+){{0,5}}?(?:{_TITLES})\b",
    re.IGNORECASE,
)
_SPEECH = (
    r"(?:said|says|told|added|adds|noted|wrote|explained|argued|insisted|confirmed|warned|commented|joked|replied|"
    r"stated|emphasised|emphasized)"
)
_APPOINTED = re.compile(
    r"\b(?:names?|named|appoints?|appointed|hires?|hired|promotes?|promoted|picks?|picked|elects?|elected|poached)\s+$",
    re.IGNORECASE,
)
_NEW_TITLE = re.compile(rf"^\s+(?:as |to )?(?:its |the |a )?(?:new |next |first )?(?:[a-z-]+ )?(?:{_TITLES})\b", re.IGNORECASE)
_AS_TITLE = re.compile(rf"^\s+as (?:its |the |an? )?(?:[\w-]+ ){{0,2}}?(?:{_TITLES})\b", re.IGNORECASE)
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
    r"estimate of|shares (?:in|of)|(?:made|built|assembled|manufactured|developed|designed) by|with)\s+$",
    re.IGNORECASE,
)
_ORG_RIGHT = re.compile(
    r"^(?:,? (?:meanwhile|however|too|for its part|by contrast),| in [A-Z]\w+)?\s+(?:has |have |had |will |would |also |now |is |"
    r"was |been |just |already )*(?:running on|placed|won\b|landed|manufactur\w+|assembl\w+|"
    r"develops?\b|picked|picks|chose|chooses|has chosen|deploy\w*|install\w*|"
    r"led\b|held\b|holds\b|ranked|overtook|grew\b|counts\b|owns|(?:first|second|third|fourth|fifth|"
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
_SAID_BEFORE = re.compile(rf"\b{_SPEECH}\s+$")
_SAYS_AFTER = re.compile(rf"^,?\s+(?:also |later )?{_SPEECH}\b")
_ATTRIBUTE_AFTER = re.compile(rf"\s+(?:[\w-]+ )?{_ORG_ATTRIBUTES}\b", re.IGNORECASE)
_TITLE_AT = re.compile(rf"\b(?:{_TITLES})\s+(?:at|of|for)\s+(?:the )?$", re.IGNORECASE)
_POST_AT = re.compile(
    r"\b(?:director|analyst|head|manager|officer|president|engineer|researcher|professor)\b[\w\s]{0,40}\b(?:at|"
    r"with)\s+(?:the )?$",
    re.IGNORECASE,
)
_THING_BEFORE = re.compile(rf"\b(?:{_THINGS})\s+[“\"]?$", re.IGNORECASE)
_THING_AFTER = re.compile(rf"^[,”\"]*,\s+(?:an?|the|its)\s(?:[^,.;:]{{0,60}}?[\s-])?(?:{_THINGS})\b", re.IGNORECASE)


def votes(text: str, sentence: Sentence, start: int, end: int, after_org: dict[int, Mention]) -> Iterable[tuple[str, float]]:
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
    if 2 <= len(words) <= 4 and _SAID_BEFORE.search(left):
        yield "person", 2
    if 2 <= len(words) <= 4 and _SAYS_AFTER.match(right):
        yield "person", 1
    if 2 <= len(words) <= 4 and last not in ORG_SUFFIXES and _CAREER.match(right):
        yield "person", 2.5
    if 2 <= len(words) <= 4 and last not in ORG_SUFFIXES and not own and _HOLDS.match(right):
        yield "person", 2.5
    if 2 <= len(words) <= 4 and last not in ORG_SUFFIXES and re.search(r"\b(?:succeeded|chaired|headed) by\s+$", left):
        yield "person", 1.5
    if len(words) >= 2 and re.search(r"\b(?:succeed\w*|replac\w+)\s+$", left) and _AS_TITLE.match(right):
        yield "person", 3
    if re.search(r"\b(?:account|leaker|blogger|tipster|poster)\s+[@“\"]?$", left):
        yield "person", 2
    if re.match(r"\s+(?:wrote|writes)(?: (?:on|last|this) \w+)? that\b", right):
        yield "org", 1
    if 2 <= len(words) <= 4 and _TITLE_OF_BEFORE.search(left):
        yield "person", 3
    if len(words) >= 2 and _APPOINTED.search(left) and _NEW_TITLE.match(right):
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
    if own and _ATTRIBUTE_AFTER.match(right):
        yield "org", 2
    if re.match(r"^\s+(?:shares|stock)\b", right):
        yield "org", 3
    if _ORG_LEFT.search(left):
        yield "org", 1.5
    if _ORG_RIGHT.match(right):
        yield "org", 1
    if _TITLE_AT.search(left):
        yield "org", 3
    if _POST_AT.search(left):
        yield "org", 3
    if len(words) == 1 and re.fullmatch(r"[A-Z][a-z]+[A-Z]\w+", name):
        yield "org", 1
    if name.lower() in PLACES:
        yield "place", 9
    if _PLACE_NOUN_LEFT.search(left) or _PLACE_RIGHT.match(right):
        yield "place", 2
    if _PLACE_LEFT.search(left):
        yield "place", 1
    if any(MODEL_TOKEN.match(word) and re.search(r"\d", word) for word in words):
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
    if _THING_BEFORE.search(left):
        yield "product", 1.5

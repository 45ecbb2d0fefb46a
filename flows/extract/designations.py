"""Digits that count nothing: years, days, times, product numbers, versions, footnotes, list numbers; and ranks."""

from __future__ import annotations

import re

from flows.extract.amounts import Amount
from flows.extract.folding import words
from flows.extract.numbers import Number
from flows.extract.spans import QuantityMention
from flows.extract.units import UNKNOWN_CURRENCY
from storage.values import Quantity

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.? (?:the )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?: ?[-–] ?| to | and ))?$")
_MONTH_AFTER = re.compile(
    rf"(?:st|nd|rd|th)?(?:(?: ?[-–/] ?| to | and | or )[0-9]{{1,2}}(?:st|nd|rd|th)?)?,? (?:of )?(?P<month>{_MONTH})|[年月日号季]"
)
_MONTH_STARTS = words("jan feb mar apr may jun jul aug sep oct nov dec")
_DAY_JOINTS = words("the to and - –")
_DAYS = re.compile(r"(?:st|nd|rd|th)?(?: ?[-–] ?| to | and )[0-9]{1,2}(?:st|nd|rd|th)?\b(?![.,:]?[0-9%])")
_TIME = re.compile(r":[0-9]{2}| ?(?:a\.?m|p\.?m)\b| o['’]clock| ?(?:gmt|utc|est|cet|pst|bst|edt|pdt)\b|h[0-9]{2}\b")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_LIST_MARK = re.compile(r"[.)](?=[ \n\t]|$)")
_FIGURES_FOLLOW = re.compile(r"(?:[ \t|]+[-+]?[$€£]?[0-9][0-9.,]*\s?%?){1,12}[ \t|]*(?:\n|$)")
_TIMES_AFTER = re.compile(r" ?[x×] ?[0-9]")
_TIMES_BEFORE = re.compile(r"[0-9] ?[x×] ?$")
_CROSSES = frozenset("x×")
_TIME_FIRST = frozenset(":apoguecbh")
_DAY_FIRST = frozenset("stnr-–/,oajfmd年月日号季")
_NAME_FOLLOWS = re.compile(r" [A-Z0-9]")
_TEMPORAL = re.compile(r"(?:\b(?:in|since|of|by|until|for|its|fiscal|year|from|during|the|early|late)|['’]s) $")
_RANKED = re.compile(
    r"(?:(?<![a-z])(?P<mark>no\.?|nr\.?) ?|(?P<sign>[#№]) ?"
    r"|(?<![a-z])(?:number|rank(?:ed|s|ing)?(?: (?:at|as|number|no\.?|in))?|came|placed|finish(?:ed|es)|position|spot) )$"
)
_HAN = "\u2e80"  # letters from here on stand beside figures without a space
_TELEPHONE = re.compile(r"\+[0-9]{1,3}(?:[ -]?\(?[0-9]{1,6}\)?){2,6}|[0-9]{1,4}(?:-[0-9]{2,5}){2,4}(?![0-9-])")
_LOWEST_RANK = 9999
_LISTING = words("and or to")
_OPENINGS = '(["“”‘„«»—–|'
_RANK_ENDS = frozenset(" .#№")
_RANK_WORDS = words("""
    number no. no nr. nr # № rank ranked ranks ranking at as in came placed finished finishes position spot""")

# Words before which a figure names a thing instead of counting.
_LABELS = words("""
    version v phase phases gen generation series model type tier level step stage chapter page pages p pp figure fig table
    section article note room rule act form channel route flight bus platform gate part volume vol issue edition episode season
    round day building block zone line lane class grade size mark mk box suite apartment flat street id isbn item lot batch
    build release windows android ios python wi-fi wifi bluetooth usb pcie ddr hdmi lpddr covid area highway aged age fortune
    s&p nasdaq ftse dax nikkei topix stoxx csi directx opengl cuda""")
# Ordinary words that may be capitalised, at the start of a sentence or in a headline, and still leave a figure a figure.
_ORDINARY = words("""
    a about above add adds added after all almost also an and announces another any approx approximately are around as at be
    because before below between both brings brought but buy buys by came can carries carry circa cost costing costs cut cuts
    cutting deliver delivers despite down draws during each eliminates employ employing employs even every exceed exceeds fell
    find finds fire fires first five for four from gains get gets gives grew grow had has have he her here hire hires his holds
    how if in including inside into invest invests is it its just last lay lays less loses lost made make makes may more most
    nearly next of off offer offers on once one only or orders other our out over pay pays per plus put puts raise raises reach
    reaches roughly sell sells sheds ship shipped ships since six slash slashes so some spend spends still than that the their
    then there these they this those three through to top took tops total totalling totals under until up us use uses using was
    we weighs were when while win wins with within worth yet you your""")
_PARTS = words("gpu cpu dpu npu unit core rack superchip count node")  # nouns that product names end in


def is_designation(text: str, low: str, amount: Amount, *, hedged: bool) -> bool:
    """Whether the figure that `amount` begins with is part of a name, a date or a mark."""
    number = amount.number
    if number.words:
        return amount.kind in {None, "quantity"} and not hedged and _label_before(low, number.start)
    if _is_glued(low, amount):
        return True
    if amount.kind in {"money", "percent", "points"}:
        return amount.unit == UNKNOWN_CURRENCY
    after = low[number.end : number.end + 2].lstrip()[:1]
    if amount.kind is None and (
        (after in _CROSSES and _TIMES_AFTER.match(low, number.end)) or _TIMES_BEFORE.search(low, number.start - 4, number.start)
    ):
        return True  # "312 x 221 x 13.9 mm"
    if after in _TIME_FIRST and _TIME.match(low, number.end) and amount.kind in {None, "quantity"}:
        return True
    whole = number.step == 1 and not number.grouped and number.value == number.value.to_integral_value()
    if whole and amount.scale == 1 and (_is_day(text, low, amount) or _is_year(low, amount, hedged=hedged)):
        return True
    if amount.kind is None and _is_mark(low, amount, hedged=hedged):
        return True
    if amount.short_scale and amount.kind != "quantity" and not (number.step < 1 and low[amount.end - 1] == "m"):
        return True  # "70B", "5m": letters without anything counted; "296.2m shipped" leaves the noun out
    if (amount.measured and amount.kind != "ratio") or hedged or number.grouped or amount.scale != 1:
        return False
    return _names_product(text, low, amount)


def _is_glued(low: str, amount: Amount) -> bool:
    """Whether letters or marks tie the figure to what stands before or behind it: "GB300", "BlueField-4", "14A"."""
    start = amount.number.start
    if start and amount.start == start:
        before = low[start - 1]
        if (before.isalnum() and before < _HAN) or before in "_@&=#.:":
            return True
        if before == "/" and not (amount.measured and low[start - 2].isalpha()):  # "16GB/512GB" are two
            return True
        if before in "'’" and amount.kind is None:
            return True
        if before in "-−‑–" and start > 1 and not low[start - 2].isspace():
            return True
    if amount.kind is not None:
        return False
    after = low[amount.end : amount.end + 2]
    if after[:1] == "." and after[1:].isalpha():
        return True
    return (after[:1].isalnum() and after < _HAN) or after[:1] in {"_", "@"} or (after[:1] == "-" and after[1:].isalnum())


def telephone(low: str, start: int) -> int | None:
    """Where the telephone number, or other chain of figures, that begins at `start` ends; None if there is none."""
    begin = start - 1 if low[start - 1 : start] == "+" else start
    found = _TELEPHONE.match(low, begin)
    return None if found is None else found.end()


def day_after_month(low: str, word: str, number: Number) -> int | None:
    """Where the day or days end that `number` begins behind a month's name ("January 6-9"); None if it is no day.

    `word` is the one before the number, in small letters.
    """
    if number.words or number.value > 31 or number.step != 1 or not (word[:3] in _MONTH_STARTS or word in _DAY_JOINTS):
        return None
    if not _MONTH_BEFORE.search(low, max(0, number.start - 24), number.start):
        return None
    more = _DAYS.match(low, number.end)
    return number.end if more is None else more.end()


def _is_day(text: str, low: str, amount: Amount) -> bool:
    """ "31 March", "March 31", "6 to 9 January", "3月2日"."""
    end = amount.number.end
    if low[end : end + 1] == "年":
        return True
    if amount.number.value > 31 or (amount.measured and amount.kind != "duration"):
        return False
    if low[end : end + 2].lstrip()[:1] not in _DAY_FIRST:
        return False
    after = _MONTH_AFTER.match(low, end)
    return after is not None and (after["month"] is None or text[after.start("month")].isupper())


def _is_year(low: str, amount: Amount, *, hedged: bool) -> bool:
    """Four digits of our time, unless a unit or the noun right behind them makes them a count ("2,048 GPUs", "2048 GPUs")."""
    start, end = amount.number.start, amount.number.end
    if end - start != 4 or not 1900 <= amount.number.value <= 2100 or amount.measured:
        return False
    counted = amount.noun_start == end + 1 and amount.unit != "count" and " " not in low[end + 1 : amount.noun_end]
    return not (hedged or counted) or _TEMPORAL.search(low, max(0, start - 12), start) is not None


def _is_mark(low: str, amount: Amount, *, hedged: bool) -> bool:
    """List numbers, footnotes, fractions, ordinals, hours."""
    number = amount.number
    start, end = number.start, number.end
    before, after = low[start - 1 : start], low[end : end + 1]
    if before in {"", "\n"} and _LIST_MARK.match(low, end):
        return True
    if (before + after in {"[]", "()"} and number.value < 1000) or _ORDINAL.match(low, end):
        return True
    if after == "/" and low[end + 1 : end + 2].isdigit():
        return True
    if hedged or number.grouped or number.step != 1:
        return False
    if low.endswith("the ", 0, start):  # "the 5090"
        return True
    return number.value <= 24 and low.endswith("at ", 0, start) and (after == "" or after in ".,;)\n")


def _word_before(text: str, start: int) -> str:
    """The word right before `start`, over figures listed with it ("phases 2 and 3"); "" where there is none."""
    for _ in range(4):
        word, begin = _token_before(text, start)
        if word in _LISTING:
            figure, earlier = _token_before(text, begin)
            if not figure.rstrip(",").isdecimal():
                return word
            begin = earlier
        elif not (word.endswith(",") and word[:-1].isdecimal()):
            return word.lstrip(_OPENINGS)
        start = begin
    return ""


def _token_before(text: str, start: int) -> tuple[str, int]:
    if start < 2 or text[start - 1] not in " \u00a0":
        return "", start
    origin = max(0, start - 30)
    begin = max(text.rfind(" ", origin, start - 1), text.rfind("\n", origin, start - 1)) + 1
    return text[begin : start - 1], begin


def _label_before(low: str, start: int) -> bool:
    return _word_before(low, start) in _LABELS


def is_name_before(text: str, start: int) -> bool:
    """Whether a capitalised word or a label stands right before `start`."""
    word = _word_before(text, start)
    lowered = word.lower()
    return (word[:1].isupper() or lowered in _LABELS) and lowered not in _ORDINARY


def _names_product(text: str, low: str, amount: Amount) -> bool:
    """ "RTX 5090 cards", "Gen 12", "Slim 9x": a name or a label right before a bare figure makes it one."""
    word = _word_before(text, amount.number.start)
    if not word:
        return False
    lowered = word.lower().rstrip(".'’")
    if amount.kind == "ratio":
        return word[0].isupper() and lowered not in _ORDINARY and _NAME_FOLLOWS.match(text, amount.end) is not None
    if lowered in _LABELS:
        return amount.kind is None or amount.unit in _PARTS
    if (amount.kind == "quantity" and amount.unit not in _PARTS) or word[-1] in ",;:!?" or lowered in _ORDINARY:
        return False
    if word.isdecimal() or not (word[0].isupper() or any(one.isdigit() or one.isupper() for one in word)):
        return False
    return not (amount.kind is None and _FIGURES_FOLLOW.match(low, amount.end))


def rank_before(low: str, start: int, word: str, number: Number) -> tuple[QuantityMention, int] | None:
    """The rank that a number is where words of a ranking precede it ("number two", "No. 2", "#1", "ranked 196th").

    `word` is the one before the number, in small letters.
    """
    if word.lstrip("([\"“‘'") not in _RANK_WORDS if word else low[start - 1 : start] not in _RANK_ENDS:
        return None
    found = _RANKED.search(low, max(0, start - 18), start)
    if found is None or number.step != 1 or number.value > _LOWEST_RANK or (number.words and (found["mark"] or found["sign"])):
        return None  # "No. Eleven customers …": a sentence ends there
    end = number.end + 2 if _ORDINAL.match(low, number.end) else number.end
    if low[end : end + 1].isalnum():
        return None
    value = Quantity(number=number.value, low=number.value, high=number.value, unit="rank")
    return QuantityMention(start=found.start(), end=end, value=value), end

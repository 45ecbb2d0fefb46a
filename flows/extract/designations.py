"""Digits that count nothing: years, days, times, product numbers, versions, footnotes, list numbers."""

from __future__ import annotations

import re

from flows.extract.amounts import Amount

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.? (?:the )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?: ?[-–] ?| to | and ))?$")
_DAY_TAIL = re.compile(
    rf"(?:st|nd|rd|th)?(?:(?: ?[-–/] ?| to | and | or )[0-9]{{1,2}}(?:st|nd|rd|th)?)?,? (?:of )?{_MONTH}|[年月日号季]"
)
_TIME = re.compile(r"(?::[0-9]{2}| ?(?:a\.?m|p\.?m)\b| o['’]clock| ?(?:gmt|utc|est|cet|pst|bst|edt|pdt)\b)|h[0-9]{2}\b")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_LIST_MARK = re.compile(r"[.)](?=[ \n\t]|$)")
_ROW = re.compile(r"(?:[ \t|]+[-+]?[$€£]?[0-9][0-9.,]*\s?%?){1,12}[ \t|]*(?:\n|$)")
_WORD_BEFORE = re.compile(r"([^\s(\[\"“”‘„«»—–|]+)[ \u00a0]$")
_RANKED = re.compile(r"(?:\b(?:number|no\.?|nr\.?|rank(?:ed|s|ing)?(?: (?:at|as|number|no\.?|in))?|came|placed|finish(?:ed|es)|position|spot) |[#№] ?|\bno\.)$")

# Words before which a figure names a thing instead of counting.
_LABELS = frozenset(
    "version v phase phases gen generation series model type tier level step stage chapter page pages p pp figure fig table section "
    "article note room rule act form channel route flight bus platform gate unit part volume vol issue edition episode season round day "
    "building block zone line lane class grade size mark mk box suite apartment flat street id isbn item lot batch build release windows "
    "android ios python wi-fi wifi bluetooth usb pcie ddr hdmi lpddr covid area highway aged age fortune s&p nasdaq ftse dax nikkei "
    "topix stoxx csi euro nvlink directx opengl cuda".split()
)
# Ordinary words that may be capitalised, at the start of a sentence or in a headline, and still leave a figure a figure.
_ORDINARY = frozenset(
    "a about above add adds added after all almost also an and announces another any approximately are around as at be because before below "
    "between both brings brought but buy buys by came can carries carry cost costs cut cuts cutting deliver delivers despite down draws during "
    "each eliminates employ employs even every exceed exceeds fell find finds first fire fires five for four from gains get gets gives "
    "grew grow had has have he her here hire hires his holds how if in including inside into invest invests is it its just last lay "
    "lays less loses lost made make makes may more most nearly next of off offer offers on once one only or orders other our out over pay "
    "pays per plus put puts raise raises reach reaches roughly sell sells sheds ship shipped ships since six slash slashes so some "
    "spend spends still than that the their then there these they this those three through to top took tops total totals under until up us use uses using "
    "was we weighs were when while win wins with within worth you your yet down employing approx circa costing totalling phase".split()
)
_HARDWARE = frozenset({"gpu", "cpu", "dpu", "npu", "unit", "core", "rack", "superchip", "count", "node"})


def is_designation(text: str, low: str, amount: Amount, *, hedged: bool) -> bool:
    """Whether the figure `amount` begins with is part of a name, a date or a mark."""
    number = amount.number
    if number.words:
        return amount.kind in {None, "quantity"} and not hedged and _label_before(low, number.start)
    start, end = number.start, number.end
    before = low[start - 1] if start else ""
    if before and (before.isalnum() or before in "_/@&=#.:") and amount.start == start:
        return True
    if before in "'’" and amount.start == start and amount.kind is None:
        return True
    if before in "-−‑" and amount.start == start and start > 1 and not low[start - 2].isspace():
        return True
    after = low[amount.end : amount.end + 1]
    if amount.kind is None and after and (after.isalnum() or after in "_@"):
        return True
    if amount.kind is None and after == "-" and low[amount.end + 1 : amount.end + 2].isalnum():
        return True
    if _TIME.match(low, end) and amount.kind in {None, "quantity"}:
        return True
    whole = number.value == number.value.to_integral_value() and not number.grouped and number.step == 1
    if amount.kind == "money" or amount.kind in {"percent", "points"}:
        return False
    if whole and amount.scale == 1 and number.value <= 31 and not (amount.measured and amount.kind != "duration"):
        month = _DAY_TAIL.match(low, end)
        if month is not None and (month[0][0] in "年月日号季" or text[month.end() - 3 : month.end() + 1] != month[0][-3:] or _capital_month(text, month)):
            return True
        if _MONTH_BEFORE.search(low, max(0, start - 22), start):
            return True
    if whole and end < len(low) and low[end] == "年":
        return True
    if amount.kind is None:
        line_start = start == 0 or low[start - 1] == "\n"
        if line_start and _LIST_MARK.match(low, end):
            return True
        if before + low[end : end + 1] in {"[]", "()"} and number.value < 1000:
            return True
        if low[max(0, start - 4) : start] == "the " and not hedged and not number.grouped:
            return True
        if low[end : end + 1] == "/" and low[end + 1 : end + 2].isdigit():
            return True
        if amount.short_scale or _ORDINAL.match(low, end):
            return True
        if not hedged and number.value <= 24 and number.step == 1 and low[max(0, start - 3) : start] == "at " and low[end : end + 1] in ".,;)\n":
            return True
    if amount.short_scale and (amount.noun_start is None and amount.kind != "quantity"):
        return True
    if whole and 1900 <= number.value <= 2100 and amount.scale == 1 and len(low[start:end]) == 4 and not amount.measured:
        adjacent = amount.noun_start == end + 1 and amount.unit not in {"count", ""} and " " not in low[end + 1 : amount.noun_end]
        if not (hedged or adjacent) or _TEMPORAL.search(low, max(0, start - 12), start):
            return True
    if amount.measured and amount.kind != "ratio":
        return False
    if hedged or number.grouped or amount.scale != 1:
        return False
    return _names_product(text, low, amount)


_TEMPORAL = re.compile(r"(?:\b(?:in|since|of|by|until|for|its|fiscal|year|from|during|the|early|late)|['’]s) $")


def _capital_month(text: str, month: re.Match[str]) -> bool:
    name = re.search(r"[^\W\d_]+$", text[month.start() : month.end()])
    return name is not None and name[0][0].isupper()


def _label_before(low: str, start: int) -> bool:
    found = _WORD_BEFORE.search(low, max(0, start - 24), start)
    return found is not None and found[1] in _LABELS


def _names_product(text: str, low: str, amount: Amount) -> bool:
    """ "RTX 5090 cards", "Gen 12", "Slim 9x": a capitalised word or a label right before a bare figure makes it a name."""
    start = amount.number.start
    found = _WORD_BEFORE.search(text, max(0, start - 30), start)
    if found is None:
        return False
    word = found[1]
    lowered = word.lower().rstrip(".'’")
    if amount.kind == "ratio":
        following = re.compile(r" [A-Z0-9]").match(text, amount.end)
        return word[0].isupper() and lowered not in _ORDINARY and following is not None
    if lowered in _LABELS:
        return amount.kind is None or amount.unit in _HARDWARE
    if amount.kind == "quantity" and amount.unit not in _HARDWARE:
        return False
    if word[-1] in ",;:!?" or lowered in _ORDINARY:
        return False
    named = word[0].isupper() or any(character.isdigit() for character in word) or any(character.isupper() for character in word[1:])
    if not named:
        return False
    return not (amount.kind is None and _ROW.match(low, amount.end))


def rank_before(low: str, start: int, *, words: bool) -> int | None:
    """Where the words of a ranking before a number begin ("number two", "No. 2", "#1", "ranked 196th"), or None."""
    found = _RANKED.search(low, max(0, start - 18), start)
    if found is None:
        return None
    begin = found.start()
    if words and low[begin:].startswith(("no", "nr", "#", "№")):
        return None  # "No. Eleven customers …": a sentence ends there
    return begin if begin == 0 or not low[begin - 1].isalnum() else None

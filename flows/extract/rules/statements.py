"""Statements: what a person is quoted as saying, word for word, halves of one quotation joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.extract.clauses import Parsed
from flows.extract.scene import Draft, Scene
from flows.extract.scope import REPORTING
from flows.extract.verbs import lemma
from flows.extract.wordlists import word_set
from storage.values import Text

_OPEN = '“"«„‘‹»'
_CLOSE = '”"»“’›«'
_SPOKESPERSON = re.compile(r"\b(?:spokes(?:man|woman|person)|representative)\b", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"(?:said|says|added|adds|noted|told \w+|wrote|that|only|follows|emphasi[sz]ed|explained|warned|insisted|replied|"
    r"put it|TTFT|[a-z]):\s*$",
    re.IGNORECASE,
)
_SUBJECTS = word_set("i we they he she nobody everybody nothing there don't doesn't can't won't must will would")
_BY = re.compile(r"^[”\"’»“,. ]*(?:according to|as)\s+")
_PREDICATE = re.compile(r"(?:is|are|was|were|has|have|will|can|does|isn['’]t|aren['’]t|means?|costs?|comes?|remains?)\b")
_LEAST = 2  # words; a single word is no sentence


@dataclass(slots=True)
class _Quotation:
    line: int
    start: int
    end: int
    text: str
    last: int = -1  # the line it ends in


def propose(scene: Scene) -> Iterator[Draft]:
    """Statement claims of a whole article: a quotation may run over several sentences."""
    quotations = list(_quotations(scene))
    used: set[int] = set()
    for place, quotation in enumerate(quotations):
        if place in used:
            continue
        speaker, confidence = _speaker(scene, quotation)
        if speaker is None:
            scene.note(quotation.line, "statement", "dropped", "nobody is named as the speaker")
            continue
        parts = [quotation]
        if (
            _bare(quotation.text).endswith(",")
            and place + 1 < len(quotations)
            and _continues(scene, quotation, quotations[place + 1])
        ):
            parts.append(quotations[place + 1])  # "Freedom," she says, "is a word for a bill."
        whole = _is_sentence(scene, parts, _joined(parts))
        parts = parts[:1]
        if not whole:
            scene.note(quotation.line, "statement", "dropped", "a fragment or a term in quotation marks")
            continue
        for later in range(place + 1, len(quotations)):
            following = quotations[later]
            if not _continues(scene, parts[-1], following):
                break
            parts.append(following)
            used.add(later)
        text = _joined(parts)
        end = max(parts[-1].end, _reporting_end(scene, parts[-1]))
        start = min(
            parts[0].start,
            scene.lines[parts[0].line].line.sentence.start if _starts_with_speaker(scene, parts[0]) else parts[0].start,
        )
        yield Draft(
            rule="statement: quotation",
            subject=speaker,
            predicate="statement",
            line=quotation.line,
            start=start,
            end=end,
            value=Text(text=text),
            confidence=confidence,
        )


def _quotations(scene: Scene) -> Iterator[_Quotation]:
    """Quotations by place; one that runs over several sentences is gathered whole."""
    open_at: _Quotation | None = None
    for number, parsed in enumerate(scene.lines):
        if number in scene.speakers:
            continue
        for start, end in parsed.line.sentence.quoted:
            inner = scene.text[start:end].strip()
            closed = re.search(r"[”\"»“’›«][.,;:!?]?$", inner) is not None and len(inner) > 1
            opened = inner[:1] in _OPEN
            if open_at is not None and open_at.last < number and not opened:
                open_at.end = end
                open_at.text = scene.text[open_at.start : end]
                open_at.last = number
                if closed:
                    yield open_at
                    open_at = None
                continue
            quotation = _Quotation(number, start, end, scene.text[start:end], number)
            if closed or not opened:
                yield quotation
            else:
                open_at = quotation


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().strip(_OPEN + _CLOSE)).strip()


def _joined(parts: list[_Quotation]) -> str:
    text = _bare(parts[0].text)
    for part in parts[1:]:
        following = _bare(part.text)
        if following[:1].isupper() and text[-1:] in ",;":
            text = text[:-1] + "."
        elif text.endswith(",") and _PREDICATE.match(following) and " " not in text:
            text = text[:-1]  # the comma belongs to the reporting clause
        text = f"{text} {following}"
    return text.rstrip(",") if text.endswith(",") else text


def _continues(scene: Scene, first: _Quotation, second: _Quotation) -> bool:
    """Whether a quotation goes on after the reporting clause that interrupts it."""
    between = scene.text[first.end : second.start]
    if len(between) > 160 or "\n" in between.strip("\n") or between.count("\n") > 0:
        return False
    if scene.lines[first.last].line.sentence.paragraph != scene.lines[second.line].line.sentence.paragraph:
        return False
    words = re.findall(r"[\w'’]+", between.lower())
    reported = any(lemma(word) in REPORTING for word in words)
    if re.search(r"[.!?]\s+\S", between.strip()) and not between.strip().endswith((".", ",", ":")):
        return False
    if re.search(r"[.!?]\s+[A-Z]", between):
        return False
    return reported or not words


def _is_sentence(scene: Scene, parts: list[_Quotation], text: str) -> bool:
    """Whether a quotation says something by itself: a capital at its start, a verb, no mere term."""
    words = re.findall(r"[\w'’-]+", text)
    if len(words) < _LEAST or not text[:1].isupper():
        return False
    before = scene.text[max(0, parts[0].start - 40) : parts[0].start]
    if (
        parts[0].start > scene.lines[parts[0].line].line.sentence.start
        and re.search(r"\w\s*$", before)
        and not re.search(r"\b(?:said|says|added|adds|that)\s*$", before)
    ):
        return False
    if len(words) > _LEAST and any(word.lower() in _SUBJECTS for word in words):
        return True
    return any(lemma(word.lower()) or re.search(r"['’](?:s|re|ve|ll|m|d|t)$", word) for word in words)


def _speaker(scene: Scene, quotation: _Quotation) -> tuple[str | None, float]:
    """Who says it: the subject of the verb of saying beside it, or of the sentence that introduces it."""
    found = _speaker_in(scene, quotation.last, scene.lines[quotation.last], quotation.end, after=True)
    if found is None:
        found = _speaker_in(scene, quotation.line, scene.lines[quotation.line], quotation.start, after=False)
    if found is None:
        found = _named_beside(scene, quotation)
    if found is not None:
        return found, 0.93
    if quotation.line:
        earlier = scene.lines[quotation.line - 1]
        text = scene.text[earlier.line.sentence.start : earlier.line.sentence.end].rstrip()
        if text.endswith(":"):
            found = _speaker_in(scene, quotation.line - 1, earlier, earlier.line.sentence.end, after=False)
            if found is not None:
                return found, 0.88
    return None, 0.0


def _named_beside(scene: Scene, quotation: _Quotation) -> str | None:
    """Who is named as the speaker without a verb: ", according to Jane Kelso"; "In the words of Jane Kelso: …"."""
    line = scene.lines[quotation.last].line
    if by := _BY.match(scene.text[quotation.end : line.sentence.end]):
        at = quotation.end + by.end()
        named = next((token for token in line.tokens if token.start >= at and token.letter in {"n", "o"}), None)
        if named is not None and named.letter == "n" and named.start - at < 40:
            return line.mention(named).key
    line = scene.lines[quotation.line].line
    opening = scene.text[line.sentence.start : quotation.start]
    if opening.rstrip().endswith(":"):
        people = {
            line.mention(token).key
            for token in line.tokens
            if token.letter == "n" and token.start < quotation.start and not line.mention(token).possessive
        }
        return people.pop() if len(people) == 1 else None
    return None


def _speaker_in(scene: Scene, number: int, parsed: Parsed, at: int, *, after: bool) -> str | None:
    line = parsed.line
    for clause in parsed.clauses:
        group = clause.group
        place = line.tokens[group.first].start
        if group.lemma not in REPORTING | {"laugh", "joke", "ask", "answer", "recall"} or group.negated or (place < at) == after:
            continue
        if any(start <= place < end for start, end in line.sentence.quoted):
            continue
        if after and place - at > 150:
            continue
        heads = [line.tokens[index] for index in clause.subject]
        people = [token for token in heads if token.letter == "n"]
        if people:
            return line.mention(people[0]).key
        following = line.tokens[group.last + 1 : group.last + 11]
        if after and (company := _spokesperson_after(scene, number, parsed, group.last)) is not None:
            return company
        named = next((token for token in following if token.letter == "n" and not line.mention(token).possessive), None)
        if named is not None and (
            not following
            or following[0].letter == "n"
            or any(token.low in {"the", "chief", "vice"} for token in following[:2])
            or following[0].letter in {"o", "n"}
        ):
            return line.mention(named).key
        phrase = " ".join(line.tokens[index].low for index in clause.subject_tokens)
        if _SPOKESPERSON.search(phrase):
            owners = [line.tokens[index] for index in (*clause.owners, *clause.subject) if line.tokens[index].letter == "o"]
            if owners:
                return scene.company(line.mention(owners[-1]).key)[0]
            return _company_speaking(scene, number)
        companies = [token for token in heads if token.letter == "o"]
        if companies:
            return scene.company(line.mention(companies[0]).key)[0]
    return None


def _spokesperson_after(scene: Scene, number: int, parsed: Parsed, verb: int) -> str | None:
    """The company of an unnamed spokesperson behind the verb: "said a spokesman for Hexa"."""
    line = parsed.line
    stop = next(
        (place for place in range(verb + 1, len(line.tokens)) if line.tokens[place].low in {",", ".", ";", '"', "“", "”"}),
        len(line.tokens),
    )
    following = line.tokens[verb + 1 : stop]
    if any(token.letter == "n" for token in following) or not _SPOKESPERSON.search(" ".join(token.low for token in following)):
        return None
    company = next((token for token in following if token.letter == "o"), None)
    return scene.company(line.mention(company).key)[0] if company is not None else _company_speaking(scene, number)


def _company_speaking(scene: Scene, number: int) -> str | None:
    """The company whose unnamed spokesperson speaks: the subject of the sentence before."""
    if number == 0:
        return None
    earlier = scene.lines[number - 1]
    first = earlier.line.tokens[0] if earlier.line.tokens else None
    if first is not None and first.letter == "o" and not earlier.line.mention(first).possessive:
        return scene.company(earlier.line.mention(first).key)[0]
    for clause in earlier.clauses:
        for index in clause.subject:
            token = earlier.line.tokens[index]
            if token.letter == "o":
                return scene.company(earlier.line.mention(token).key)[0]
    return scene.company_before(number)


def _reporting_end(scene: Scene, quotation: _Quotation) -> int:
    """The end of the reporting clause after a quotation, so that the evidence names the speaker."""
    sentence = scene.lines[quotation.last].line.sentence
    return sentence.end if sentence.end - quotation.end < 200 else quotation.end


def _starts_with_speaker(scene: Scene, quotation: _Quotation) -> bool:
    return quotation.start > scene.lines[quotation.line].line.sentence.start

"""Whose figure it is: the company that owns, reports or is spoken of."""

from __future__ import annotations

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.figuretimes import State, Topic
from flows.extract.rules.metrics import Metric
from flows.extract.scene import Scene


def company_of_figure(
    scene: Scene, number: int, parsed: Parsed, metric: Metric, clause: Clause | None, state: State, topic: Topic
) -> tuple[str | None, str | None, float]:
    """Whose figure it is: its owner, the clause's subject, who reports it, or the company spoken of."""
    line = parsed.line
    tokens = line.tokens
    back = metric.first - 1
    steps = 0
    while back >= 0 and steps < 6 and not metric.verb:
        token = tokens[back]
        if token.letter == "o":
            mention = line.mention(token)
            if mention.members:
                break
            if mention.possessive or back == metric.first - 1 or tokens[back + 1].low == "'s":
                company, segment = scene.company(mention.key)
                return company, segment, 1.0 if mention.how != "pronoun" else 0.96
            break
        if (
            token.letter in {"m", "c", "n"}
            or token.low in {",", "and", "of", "in", "to", "from", "with", ";", "for"}
            or back in {one.group.last for one in parsed.clauses}
        ):
            break
        back -= 1
        steps += 1
    after = metric.last + 1
    if not metric.verb and after + 1 < len(tokens) and tokens[after].low in {"of", "at", "in"}:
        for position in range(after + 1, min(len(tokens), after + 4)):
            if tokens[position].letter == "o" and not (position + 1 < len(tokens) and tokens[position + 1].low == "'s"):
                company, segment = scene.company(line.mention(tokens[position]).key)
                return company, segment, 1.0
            if tokens[position].item >= 0:
                break
    own = clause if clause is not None and (clause.group.first <= metric.first or metric.first in clause.subject_tokens) else None
    if own is None:
        own = next((one for one in parsed.clauses if metric.first in one.subject_tokens), None) or next(
            (one for one in parsed.clauses if metric.first in one.rest), None
        )
    for position in (*own.subject, *own.owners) if own is not None else ():
        if metric.verb and position and tokens[position - 1].low in {"to", "by", "from", "for", "with"}:
            return None, None, 0.0  # "chips sold to Acme brought in …"
        if tokens[position].letter == "o" and not line.mention(tokens[position]).members:
            company, segment = scene.company(line.mention(tokens[position]).key)
            return company, segment, 1.0 if line.mention(tokens[position]).how != "pronoun" else 0.96
    if own is not None and metric.first not in own.subject_tokens and own.subject and not metric.verb:
        return None, None, 0.0
    if state.company is not None and state.metric is not None and not state.metric.verb:
        return state.company, state.segment if "segment" in metric.predicate.slot else None, 0.95
    for position, token in enumerate(tokens):
        if (
            token.letter == "o"
            and position < metric.first
            and not line.mention(token).members
            and (position == 0 or tokens[position - 1].low not in {"by", "to", "at", "than", "of"})
        ):
            subject_of = next((one for one in parsed.clauses if position in one.subject), None)
            if subject_of is not None and subject_of.group.lemma != "show":
                company, segment = scene.company(line.mention(token).key)
                return company, segment, 0.9
    scope = scene.scope(number, own)
    if scope.attributed_to is not None:
        if scene.kind(scope.attributed_to) == "org" and not scope.attributed_to.endswith(
            ("-research", "-insights", "-data", "-securities")
        ):
            return scope.attributed_to, None, 0.95
        if scope.attributed_to in scene.employers:
            company, segment = scene.employers[scope.attributed_to]
            return company, segment, 0.95
    return company_in_mind(scene, number, parsed, topic)


def company_in_mind(scene: Scene, number: int, parsed: Parsed, topic: Topic) -> tuple[str | None, str | None, float]:
    """Whose figure it is where a line names nobody: the last figure's company, in a new paragraph the article's own."""
    paragraph = parsed.line.sentence.paragraph
    about = scene.company_of_article(number)
    if topic.company is not None and number - topic.line <= 2:
        same = scene.lines[topic.line].line.sentence.paragraph == paragraph
        if same or about is None or about == topic.company:
            return topic.company, None, 0.92
    before = scene.company_before(number)
    if about is not None and before != about and (number == 0 or scene.lines[number - 1].line.sentence.paragraph != paragraph):
        return about, None, 0.85
    return before, None, 0.85

"""When a product was first shown: a day, an event or a month in the clause that launches it."""

from __future__ import annotations

from collections.abc import Iterator

from flows.extract.clauses import Clause, Parsed
from flows.extract.scene import Draft, Scene, times_in
from flows.extract.spans import TimeMention
from storage.model import Modality
from storage.values import Period, Qualifier


def announced(scene: Scene, number: int, parsed: Parsed, clause: Clause, product: str) -> Iterator[Draft]:
    """When a product was shown: a day or an event in the clause, or beside the verb of saying that governs it."""
    line = parsed.line
    times = times_in(parsed, [line.tokens[index] for index in clause.rest])
    times += [time for time in times_in(parsed) if time not in times]
    day = next((time for time in times if (time.form == "day" or time.unit == "day") and time.period), None)
    event = next((time for time in times if time.event), None)
    forms = {"month", "relative"} | ({"year", "quarter", "season"} if clause.group.form != clause.group.lemma else set())
    month = next((time for time in times if time.form in forms and time.period), None)
    scope = scene.scope(number, clause)
    if scope.modality is None:
        return
    modality = scope.modality
    chosen: TimeMention | None = day or event or month
    if chosen is None or chosen.period is None:
        return
    qualifiers: dict[str, Qualifier] = {}
    if event is None:
        event = _event_near(scene, number, chosen.period)
    if event is not None and event.event:
        qualifiers["event"] = event.event
    if modality is Modality.PLANNED and clause.group.lead == "infinitive":
        modality = Modality.ACTUAL
    forward = modality is Modality.PLANNED or bool(clause.group.modals) or clause.group.lead == "infinitive"
    period = chosen.ahead if forward and chosen.ahead else chosen.period
    yield Draft(
        rule=f"announced: {clause.group.lemma}",
        subject=product,
        predicate="announced",
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=Period(start=period.start, end=period.end),
        qualifiers=qualifiers,
        modality=modality,
        attributed_to=scope.attributed_to,
        confidence=0.88,
        number=(chosen.start, chosen.end),
    )


def _event_near(scene: Scene, number: int, period: Period) -> TimeMention | None:
    """An event named in the next or the last sentence whose days include the day."""
    for other in (number + 1, number - 1):
        if 0 <= other < len(scene.lines):
            for time in times_in(scene.lines[other]):
                if (
                    time.event
                    and time.period
                    and time.period.start
                    and time.period.end
                    and period.start
                    and time.period.start <= period.start <= time.period.end
                ):
                    return time
    return None


def shown(parsed: Parsed, clause: Clause) -> str | None:
    """The product "first shown at …" speaks of: its subject, else that of the clause it opens."""
    if not (clause.group.passive or clause.group.first <= 2 or clause.group.lead == "participle"):
        return None
    for other in (clause, *parsed.clauses[parsed.clauses.index(clause) + 1 :][:1]):
        for index in (*other.subject, *other.owners):
            if parsed.line.tokens[index].letter == "p":
                return parsed.line.mention(parsed.line.tokens[index]).key
    return None

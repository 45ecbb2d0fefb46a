"""The net effect on one fact → one item: its words, its before and after, its sources."""

from __future__ import annotations

from collections.abc import Mapping

from flows.digest.clean import clean
from flows.digest.document import Item, Side, support
from flows.digest.names import Names
from flows.digest.net import TIERS, Net
from flows.digest.sources import Citing
from flows.digest.words import About, Words
from storage import model
from storage.model import Article, ChangeKind, Claim, Fact, FactState, FactStatus, Modality, Source
from storage.values import Qualifier, Quantity

_JOINABLE = {ChangeKind.NEW, ChangeKind.CONFIRMED, ChangeKind.REFINED, ChangeKind.UPDATED}
_NOTES = {
    ChangeKind.DUE: "due: its time has begun",
    ChangeKind.OVERDUE: "overdue: its time has passed, and nothing read so far says that it happened",
    ChangeKind.FULFILLED: "fulfilled: it has since been reported as done",
}


class Items:
    """Makes items for one document."""

    def __init__(
        self,
        words: Words,
        names: Names,
        claims: Mapping[str, Claim],
        articles: Mapping[str, Article],
        sources: Mapping[str, Source],
    ) -> None:
        self._words, self._names = words, names
        self._citing = Citing(words, names, claims, articles, sources)

    def item(self, net: Net, fact: Fact | None) -> tuple[str, Item]:
        """The section's entity and the item. A fact that is not given is told by what its change says."""
        last = net.changes[-1]
        state = self._state(net)
        claims = self._citing.claims(self._ids(net, state))
        about = self._about(fact, last, claims)
        entity = self._entity(about)
        about_here = self._seen_from(about, entity)
        predicate = self._words.predicate(about.predicate)
        speaker = next((claim.attributed_to for claim in claims if claim.attributed_to), None)
        sides = self._sides(state, about_here) if net.kind is ChangeKind.DISPUTED and state else ()
        cites, more = self._citing.cites(self._ids(net, state))
        label = self._words.label(about_here, speaker)
        value, detail = self._value(net, state, about_here, sides)
        past = self._past(net, about_here) if net.history else None
        before, difference = (None, None) if past else self._before(net, about_here)
        outsider = speaker if speaker not in {about.subject, entity} else None
        if about.modality is Modality.DENIED or sides:  # the label names the denier, each side its own sources
            outsider = None
        item = Item(
            seq=net.seqs[-1],
            seqs=net.seqs,
            kind=net.kind,
            fact=net.fact,
            subject=clean(about.subject),
            predicate=clean(about.predicate),
            object=None if about.object is None else clean(about.object),
            modality=about.modality,
            tier=TIERS[net.kind],
            theme=predicate.theme,
            importance=predicate.importance,
            label=label,
            value=past or value,
            detail="" if past else detail,
            before=before,
            difference=difference,
            note=f"now: {value}{detail}" if past else self._note(net, state),
            verdict=clean(fact.verdict) if fact is not None and fact.verdict else None,
            says=self._names.name(outsider) if outsider else None,
            estimated=bool(cites) and cites[0].estimated,
            independent_sources=max((side.independent_sources for side in state.sides), default=0) if state else 0,
            sources=() if sides else cites,
            more_sources=0 if sides else more,
            sides=sides,
            history=net.history,
            row=self._row(net, about, label),
        )
        return clean(entity), item

    def _state(self, net: Net) -> FactState | None:
        """The state whose values are told: the one after, or the last that had any for a withdrawn fact."""
        if net.after is not None and net.after.sides and net.kind is not ChangeKind.WITHDRAWN:
            return net.after
        for change in reversed(net.changes):
            if change.before is not None and change.before.sides:
                return change.before
        return net.after

    def _ids(self, net: Net, state: FactState | None) -> list[str]:
        """Claims to cite: the best of what stands first; where the news is who said it, those who did."""
        current = [claim for side in (state.sides if state else ()) for claim in side.claims]
        because = [claim for change in reversed(net.changes) for claim in change.because]
        if net.history:
            return because
        if net.kind in {ChangeKind.WITHDRAWN, ChangeKind.FULFILLED, ChangeKind.CONFIRMED}:
            return [*because, *current]
        return current or because

    def _about(self, fact: Fact | None, change: model.Change, claims: list[Claim]) -> About:
        extra: dict[str, Qualifier] = dict(claims[0].qualifiers) if claims else {}
        if fact is not None:
            qualifiers = extra | dict(fact.qualifiers)
            modality = claims[0].modality if claims and claims[0].modality.group is fact.modality.group else fact.modality
            return About(
                subject=fact.subject, predicate=fact.predicate, object=fact.object, qualifiers=qualifiers, modality=modality
            )
        first = claims[0] if claims else None
        return About(
            subject=change.subject or (first.subject if first else "unknown"),
            predicate=change.predicate or (first.predicate if first else "fact"),
            object=first.object if first else None,
            qualifiers=extra,
            modality=first.modality if first else Modality.ACTUAL,
        )

    def _entity(self, about: About) -> str:
        """Whose section tells it: the subject's; of a symmetric relation, that of the one watched more closely."""
        if about.object is None or not self._words.predicate(about.predicate).symmetric:
            return about.subject
        return min(about.subject, about.object, key=lambda key: (self._names.place(key), key))

    def _seen_from(self, about: About, entity: str) -> About:
        if entity == about.subject:
            return about
        return About(
            subject=entity,
            predicate=about.predicate,
            object=about.subject,
            qualifiers=about.qualifiers,
            modality=about.modality,
        )

    def _sides(self, state: FactState, about: About) -> tuple[Side, ...]:
        sides = []
        for side in state.sides:
            cites, more = self._citing.cites(side.claims)
            sides.append(
                Side(
                    value=self._words.value(about, side.value),
                    independent_sources=side.independent_sources,
                    total_sources=self._publishers(side),
                    sources=cites,
                    more_sources=more,
                )
            )
        return tuple(sides)

    def _value(self, net: Net, state: FactState | None, about: About, sides: tuple[Side, ...]) -> tuple[str, str]:
        """The value, and what belongs to it ("year on year")."""
        if sides:
            return f"sources differ: {' or '.join(side.value for side in sides)}", ""
        withdrawn = ", withdrawn" if net.kind is ChangeKind.WITHDRAWN else ""
        if state is not None and len(state.sides) > 1:
            # Amounts in two currencies neither agree nor dispute: both stand.
            return " and ".join(dict.fromkeys(self._words.value(about, side.value) for side in state.sides)) + withdrawn, ""
        value = state.sides[0].value if state is not None and state.sides else None
        return self._words.bare(about, value), self._words.suffix(about) + withdrawn

    def _past(self, net: Net, about: About) -> str | None:
        """The values that a backfill found behind the current one; None where it found only support for it."""
        found = [
            change.before.sides[0].value
            for change in net.changes
            if change.kind is ChangeKind.UPDATED and change.before and change.before.sides and change.before != change.after
        ]
        now = self._words.value(about, net.after.value) if net.after else ""
        values = dict.fromkeys(self._words.value(about, value) for value in found)
        return " and ".join(value for value in values if value != now) or None

    def _before(self, net: Net, about: About) -> tuple[str | None, str | None]:
        """What it was, and by how much it moved; a dispute shows its sides instead."""
        if net.kind in {ChangeKind.DISPUTED, ChangeKind.WITHDRAWN}:
            return None, None
        start = net.before
        if start is not None and start.status is FactStatus.DISPUTED:
            values = dict.fromkeys(self._words.value(about, side.value) for side in start.sides)
            return f"disputed, {' or '.join(values)}", None
        earlier, now = net.earlier, net.after.value if net.after else None
        if earlier is None or now is None:
            return None, None
        text = self._words.earlier(about, earlier, now)
        if text is None:
            return None, None
        moved = net.kind is ChangeKind.UPDATED
        return text, self._words.difference(about, earlier, now) if moved else None

    def _note(self, net: Net, state: FactState | None) -> str | None:
        stood = next((change.kind for change in reversed(net.changes) if change.kind in _NOTES), None)
        if stood is not None and net.kind is not ChangeKind.WITHDRAWN:
            return _NOTES[stood]
        if net.kind is ChangeKind.WITHDRAWN:
            return "no longer read so" if net.reading else "no article says so any more"
        independent = state.sides[0].independent_sources if state and state.sides else 0
        confirmed = any(change.kind is ChangeKind.CONFIRMED for change in net.changes)
        if independent > 1 and confirmed and state:
            return support(self._publishers(state.sides[0]), independent)
        if net.history and net.kind is ChangeKind.UPDATED:
            return f"now rests on {support(self._publishers(state.sides[0]) if state and state.sides else 0, independent)}"
        return None

    def _publishers(self, side: model.Side) -> int:
        return len({claim.publisher for claim in self._citing.claims(side.claims)})

    def _row(self, net: Net, about: About, label: str) -> str:
        """What sentence an item belongs to: a figure joins its growth, one of many objects its like; else its own."""
        predicate = self._words.predicate(about.predicate)
        if net.kind not in _JOINABLE or about.modality is Modality.DENIED:
            return net.fact
        group = about.modality.group
        growth_of = predicate.of if predicate.of and predicate.key > predicate.of else predicate.key
        value = net.after.value if net.after else None
        if predicate.many and about.object is not None and (value is None or isinstance(value, Quantity)):
            return f"{predicate.key}|{label}|{group}|{net.kind}"
        if self._words.has_growth(growth_of):
            return f"{growth_of}|{label}|{group}"
        return net.fact

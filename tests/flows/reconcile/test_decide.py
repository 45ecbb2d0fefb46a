"""The table "what two claims in one slot mean", row by row, and the settled questions beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.read.fingerprint import fingerprint
from flows.reconcile import decide
from storage.model import Authority, ChangeKind, FactStatus, Modality, Promise, Verdict, VerdictAct


@pytest.fixture
def world(catalogue, day_0):
    return World(catalogue, day_0)


class World:
    """One slot that articles come to, a batch at a time."""

    def __init__(self, catalogue, day_0):
        self.catalogue, self.day_0 = catalogue, day_0
        self.fact, self.live, self.retired, self.verdicts, self.ledger = None, [], [], [], []
        self.prints, self.realised = {}, ()

    def hears(self, *claims, now=100):
        self.live += claims
        return self.decides(now=now)

    def loses(self, *claims, now=100):
        self.live = [claim for claim in self.live if claim not in claims]
        self.retired += claims
        return self.decides(now=now)

    def judges(self, act, claim=None, *, on=50, now=100):
        verdict = Verdict(
            id=f"v{len(self.verdicts)}", fact=self.fact.id, act=act, claim=claim and claim.id, why="I asked them", by="anna",
            at=self.day_0 + timedelta(days=on),
        )  # fmt: skip
        self.verdicts.append(verdict)
        return self.decides(now=now)

    def decides(self, now=100):
        at = self.day_0 + timedelta(days=now)
        predicate = self.catalogue.by_key[(self.live or self.retired)[0].predicate]
        known = self.fact
        decision = decide(
            known, self.live, self.verdicts, predicate=predicate, fingerprints=self.prints, realised=self.realised, now=at,
            retired=self.retired,
        )  # fmt: skip
        self.fact = decision.fact
        self.ledger += decision.changes
        return [change.kind for change in decision.changes]

    @property
    def last(self):
        return self.ledger[-1]

    @property
    def values(self):
        return [side.value for side in self.fact.state.sides]


def test_the_first_claim_is_new(world, say, val):
    assert world.hears(say("jiemian", "17.97%")) == [ChangeKind.NEW]
    assert world.fact.state.value == val("17.97%")
    assert world.last.before is None
    assert world.last.after == world.fact.state
    assert world.last.reason == "17.97% from jiemian"
    assert world.fact.independent_sources == 1


def test_an_independent_source_that_agrees_confirms(world, say):
    world.hears(say("jiemian", "17.97%"))
    second = say("reuters", "17.97%", on=1)
    assert world.hears(second) == [ChangeKind.CONFIRMED]
    assert world.last.because == (second.id,)
    assert world.last.reason == "17.97% also from reuters: 2 independent sources"
    assert world.fact.independent_sources == 2


def test_the_same_publisher_again_is_no_change(world, say):
    world.hears(say("jiemian", "17.97%"))
    assert world.hears(say("jiemian", "17.97%", on=2)) == []
    assert world.fact.independent_sources == 1


def test_a_syndicated_copy_is_no_confirmation(world, say):
    story = " ".join(f"word{i}" for i in range(80))
    original, copy = say("agency", "17.97%"), say("gazette", "17.97%", on=1)
    world.prints = {original.article: fingerprint(story), copy.article: fingerprint(f"By our desk. {story}")}
    world.hears(original)
    assert world.hears(copy) == []
    assert world.fact.independent_sources == 1


def test_a_narrower_value_that_agrees_refines(world, say, val):
    world.hears(say("anon", "<18%"))
    assert world.hears(say("jiemian", "17.97%", on=1)) == [ChangeKind.REFINED]
    assert world.fact.state.value == val("17.97%")
    assert world.last.reason == "17.97% from jiemian narrows “nearly 18%” from anon"
    assert world.fact.independent_sources == 2


def test_a_wider_value_that_agrees_confirms(world, say, val):
    world.hears(say("jiemian", "40.49%"))
    assert world.hears(say("anon", ">40%", on=1)) == [ChangeKind.CONFIRMED]
    assert world.fact.state.value == val("40.49%")


def test_a_later_value_beyond_the_window_updates(world, say, val):
    world.hears(say("jiemian", "17%"))
    later = say("reuters", "20%", on=8)
    assert world.hears(later) == [ChangeKind.UPDATED]
    assert world.fact.state.value == val("20%")
    assert [side.value for side in world.fact.superseded] == [val("17%")]
    assert world.last.reason == "17% → 20% (+3 points), says reuters"
    assert world.last.as_of == later.as_of


def test_within_the_window_independent_sources_dispute(world, say, val):
    world.hears(say("a", "98%"))
    assert world.hears(say("b", "100%", on=7)) == [ChangeKind.DISPUTED]
    assert world.fact.state.status is FactStatus.DISPUTED
    assert world.fact.state.value is None
    assert world.values == [val("98%"), val("100%")]
    assert world.fact.independent_sources == 2
    assert world.last.reason == "100% from b against 98% from a"


def test_a_side_that_falls_apart_and_grows_together_again(world, say, val):
    world.hears(say("a", ">40%"), say("b", "17.97%"))
    low, high = say("c", "41%", on=1), say("d", "44%", on=2)
    assert world.hears(low, high) == [ChangeKind.DISPUTED]
    assert world.values == [val("17.97%"), val("41%"), val("44%")]
    assert world.last.because == (high.id,)
    assert world.loses(low, high) == [ChangeKind.DISPUTED]
    assert world.values == [val("17.97%"), val(">40%")]
    assert world.last.because == (high.id,)


def test_two_undated_articles_dispute_however_far_apart(world, say):
    world.hears(say("a", "98%", estimated=True))
    assert world.hears(say("b", "100%", on=400, estimated=True)) == [ChangeKind.DISPUTED]
    assert world.hears(say("c", "100%", on=900, estimated=True)) == [ChangeKind.CONFIRMED]
    assert [side.independent_sources for side in world.fact.state.sides] == [1, 2]


def test_an_undated_article_never_supersedes(world, say):
    world.hears(say("a", "98%"))
    assert world.hears(say("b", "100%", on=90, estimated=True)) == [ChangeKind.DISPUTED]


def test_an_undated_article_is_never_superseded(world, say):
    world.hears(say("a", "98%", estimated=True))
    assert world.hears(say("b", "100%", on=90)) == [ChangeKind.DISPUTED]


def test_a_much_older_article_that_agrees_confirms_but_is_no_news(world, say):
    world.hears(say("a", "98%", on=50))
    assert world.hears(say("b", "98%", on=45)) == [ChangeKind.CONFIRMED]
    assert not world.last.history
    assert world.hears(say("c", "98%", on=5)) == [ChangeKind.CONFIRMED]
    assert world.last.history


def test_both_at_once_are_new_and_disputed(world, say):
    assert world.hears(say("a", "98%"), say("b", "100%", on=1)) == [ChangeKind.NEW, ChangeKind.DISPUTED]
    assert world.ledger[0].after == world.ledger[1].before


def test_a_publisher_that_changes_its_mind_updates_inside_the_window(world, say, val):
    world.hears(say("a", "98%"))
    assert world.hears(say("a", "100%", on=1)) == [ChangeKind.UPDATED]
    assert world.fact.state.value == val("100%")
    assert [side.value for side in world.fact.superseded] == [val("98%")]


def test_an_article_that_contradicts_itself_disputes_nothing(world, say, val):
    surer = say("a", "98%", confidence=0.9, start=200)
    assert world.hears(say("a", "100%", confidence=0.6), surer) == [ChangeKind.NEW]
    assert world.fact.state.value == val("98%")
    assert world.fact.superseded == ()


def test_a_later_revision_of_the_article_updates(world, say, val):
    first = say("a", "17%")
    world.hears(first)
    world.live.append(say("a", "18%", revision="2"))
    assert world.loses(first) == [ChangeKind.UPDATED]
    assert world.fact.state.value == val("18%")


def test_the_last_claim_gone_withdraws_and_a_new_one_brings_it_back(world, say):
    only = say("a", "17%")
    world.hears(only)
    assert world.loses(only) == [ChangeKind.WITHDRAWN]
    assert world.fact.state.status is FactStatus.WITHDRAWN
    assert world.fact.state.sides == ()
    assert world.fact.independent_sources == 0
    assert world.last.because == (only.id,)
    assert world.decides() == []
    assert world.hears(say("b", "17%", on=3)) == [ChangeKind.NEW]
    assert world.fact.first_seen == only.observed_at


def test_losing_a_supporter_is_in_the_ledger_but_no_news(world, say):
    second = say("b", "17%")
    world.hears(say("a", "17%"), second)
    assert world.loses(second) == [ChangeKind.UPDATED]
    assert world.last.history
    assert world.fact.independent_sources == 1


def test_losing_the_narrowest_leaves_the_wider(world, say, val):
    narrow = say("b", "17.97%")
    world.hears(say("a", "<18%"), narrow)
    assert world.loses(narrow) == [ChangeKind.UPDATED]
    assert world.fact.state.value == val("<18%")
    assert "b no longer says 17.97%" in world.last.reason


def test_a_dispute_resolves_when_one_side_goes(world, say, val):
    wrong = say("b", "100%", on=1)
    world.hears(say("a", "98%"), wrong)
    assert world.loses(wrong) == [ChangeKind.RESOLVED]
    assert world.fact.state.value == val("98%")
    assert "b no longer says otherwise" in world.last.reason


def test_a_dispute_resolves_when_one_side_comes_round(world, say, val):
    world.hears(say("a", "98%"), say("b", "100%", on=1))
    assert world.hears(say("b", "98%", on=2)) == [ChangeKind.RESOLVED]
    assert world.fact.state.value == val("98%")
    assert world.fact.independent_sources == 2


def test_a_backfilled_value_fills_in_history_and_is_no_news(world, say, val):
    world.hears(say("a", "20%", on=100))
    changed = world.fact.last_changed
    assert world.hears(say("b", "15%", on=0, seen=150), now=200) == [ChangeKind.UPDATED]
    assert world.last.history
    assert world.last.after == world.fact.state
    assert world.fact.state.value == val("20%")
    assert world.fact.last_changed == changed
    assert [side.value for side in world.fact.superseded] == [val("15%")]
    assert world.hears(say("c", "10%", on=-50, seen=151), now=201) == [ChangeKind.UPDATED]
    assert [side.value for side in world.fact.superseded] == [val("15%"), val("10%")]


def test_a_value_that_was_held_on_to_is_contested_and_not_history(world, say, val):
    world.hears(say("a", "98%"), say("b", "98%", on=9))
    assert world.hears(say("c", "100%", on=10)) == [ChangeKind.DISPUTED]
    assert {side.value: side.independent_sources for side in world.fact.state.sides} == {val("98%"): 2, val("100%"): 1}


def test_a_value_that_comes_back_leaves_its_history(world, say, val):
    world.hears(say("a", "5%"))
    world.hears(say("b", "6%", on=10))
    assert world.hears(say("c", "5%", on=20)) == [ChangeKind.UPDATED]
    assert world.fact.state.value == val("5%")
    assert [side.value for side in world.fact.superseded] == [val("6%"), val("5%")]


def test_the_nearer_source_breaks_a_tie_and_says_so(world, say, val):
    world.hears(say("press", "2026-01-01/2026-01-10", predicate="announced"))
    near = say("maker", "2026-01-05/2026-01-14", predicate="announced", on=1, authority=Authority.PRIMARY)
    assert world.hears(near) == [ChangeKind.CONFIRMED]
    assert world.fact.state.value == val("2026-01-05/2026-01-14")
    assert "nearer to the event" in world.last.reason


def test_a_further_state_refines_inside_the_window_and_updates_after_it(world, say, val):
    def state(publisher, name, on):
        return say(publisher, name, on=on, predicate="production_status")

    world.hears(state("a", ":sampling", 0))
    assert world.hears(state("b", ":mass_production", 3)) == [ChangeKind.REFINED]
    assert world.hears(state("c", ":shipping", 60)) == [ChangeKind.UPDATED]
    assert world.hears(state("d", ":sampling", 70)) == [ChangeKind.CONFIRMED]  # it never goes back
    assert world.fact.state.value == val(":shipping")
    assert world.hears(state("e", ":cancelled", 65)) == [ChangeKind.DISPUTED]


def test_titles_of_many_never_dispute(world, say, val):
    world.hears(say("a", "'CEO", predicate="role", object_="lenovo"))
    assert world.hears(say("b", "'chairman and CEO", predicate="role", object_="lenovo")) == [ChangeKind.REFINED]
    assert world.hears(say("c", "'founder", predicate="role", object_="lenovo")) == [ChangeKind.UPDATED]
    assert world.fact.state.status is FactStatus.CURRENT
    assert world.values == [val("'chairman and CEO"), val("'founder")]
    assert world.decides() == []


def test_qualifiers_outside_the_slot_are_merged_from_the_best_claim_down(world, say, val):
    vague = say("a", "2026-01-06/2026-01-09", predicate="announced", qualifiers={"event": "ces-2026", "note": "x"})
    exact = say("b", "2026-01-07/2026-01-07", predicate="announced", qualifiers={"event": "ces"})
    world.hears(vague, exact)
    assert world.fact.qualifiers == {"event": "ces", "note": "x"}


class TestPromises:
    WHEN = "2026-07-01/2026-12-31"

    def plan(self, say, **more):
        return say("a", self.WHEN, predicate="availability", modality=Modality.PLANNED, **more)

    def test_it_falls_due_and_overdue_with_nothing_else_happening(self, world, say):
        assert world.hears(self.plan(say), now=1) == [ChangeKind.NEW]
        assert world.fact.state.promise is Promise.OPEN
        assert world.decides(now=174) == []
        assert world.decides(now=175) == [ChangeKind.DUE]  # 1 July
        assert world.decides(now=358) == []  # 31 December
        assert world.decides(now=359) == [ChangeKind.OVERDUE]
        assert world.decides(now=400) == []
        assert not any(change.history for change in world.ledger)

    def test_what_fell_due_before_anyone_told_us_is_no_news(self, world, say):
        assert world.hears(self.plan(say, seen=300), now=300) == [ChangeKind.NEW, ChangeKind.DUE]
        assert world.last.history

    def test_a_realised_counterpart_fulfils(self, world, say, catalogue, day_0):
        world.hears(self.plan(say), now=1)
        for predicate, says in (("availability", "2026-06-10/2026-06-10"), ("production_status", ":shipping")):
            claim = say("b", says, predicate=predicate, on=160)
            world.realised = (decide(None, [claim], predicate=catalogue.by_key[predicate], fingerprints={}, now=day_0).fact,)
            assert world.decides(now=161) == [ChangeKind.FULFILLED]
            assert world.last.because == (claim.id,)
            world.realised = ()
            world.decides(now=162)

    @pytest.mark.parametrize(("says", "on"), [(":mass_production", 160), (":shipping", -30)])
    def test_less_than_promised_or_earlier_than_the_promise_fulfils_nothing(self, world, say, catalogue, day_0, says, on):
        world.hears(self.plan(say), now=1)
        claim = say("b", says, predicate="production_status", on=on)
        world.realised = (
            decide(None, [claim], predicate=catalogue.by_key["production_status"], fingerprints={}, now=day_0).fact,
        )
        assert world.decides(now=161) == []

    @pytest.mark.parametrize(("state", "kept"), [(":announced", False), (":expanded", True)])
    def test_a_state_must_be_as_far_as_promised(self, world, say, val, catalogue, day_0, state, kept):
        pair = {"predicate": "partnership", "object_": "qualcomm"}
        by = {"by": val("2026-03-01/2026-12-31")}
        world.hears(say("a", ":expanded", modality=Modality.PLANNED, qualifiers=by, **pair), now=1)
        claim = say("b", state, on=20, **pair)
        world.realised = (decide(None, [claim], predicate=catalogue.by_key["partnership"], fingerprints={}, now=day_0).fact,)
        assert world.decides(now=21) == ([ChangeKind.FULFILLED] if kept else [])

    def test_a_deadline_is_only_ever_missed(self, world, say, val):
        by = {"by": val("/2026-12-31"), "measure": "scale"}
        target = say("a", "4x", predicate="target", modality=Modality.TARGETED, qualifiers=by)
        world.hears(target, now=1)
        assert world.decides(now=200) == []
        assert world.decides(now=359) == [ChangeKind.OVERDUE]

    def test_a_later_date_takes_the_promise_back(self, world, say):
        world.hears(self.plan(say), now=1)
        assert world.decides(now=180) == [ChangeKind.DUE]
        put_off = say("a", "2027-01-01/2027-03-31", predicate="availability", modality=Modality.PLANNED, on=181)
        assert world.hears(put_off, now=181) == [ChangeKind.UPDATED]
        assert world.fact.state.promise is Promise.OPEN


class TestVerdicts:
    def test_prefer_ends_a_dispute_and_undone_restores_it(self, world, say, val):
        first, second = say("a", "98%"), say("b", "100%", on=1)
        world.hears(first, second)
        before = world.fact.state
        assert world.judges(VerdictAct.PREFER, second) == [ChangeKind.RESOLVED]
        assert world.fact.state.value == val("100%")
        assert world.fact.verdict == "prefer by anna: I asked them"
        assert "I asked them" in world.last.reason
        world.verdicts = [_undone(world.verdicts[0])]
        assert world.decides() == [ChangeKind.DISPUTED]
        assert world.fact.state == before
        assert world.fact.verdict is None

    def test_a_later_report_against_it_reopens_the_dispute(self, world, say):
        first, second = say("a", "98%"), say("b", "100%", on=1)
        world.hears(first, second)
        world.judges(VerdictAct.PREFER, second, on=5)
        assert world.hears(say("a", "98%", on=6)) == []  # the same publisher says nothing new
        assert world.hears(say("c", "98%", on=7)) == [ChangeKind.DISPUTED]
        assert "reopened" in world.fact.verdict

    def test_a_rejected_claim_is_not_heard_nor_its_later_revisions(self, world, say, val):
        first, second = say("a", "98%"), say("b", "100%", on=1)
        world.hears(first, second)
        assert world.judges(VerdictAct.REJECT, second) == [ChangeKind.RESOLVED]
        assert world.fact.state.value == val("98%")
        world.live.append(say("b", "100%", on=1, revision="2", seen=90))
        assert world.loses(second) == []

    def test_a_rejected_fact_is_withdrawn_until_somebody_else_says_so(self, world, say):
        first = say("a", "98%")
        world.hears(first)
        assert world.judges(VerdictAct.REJECT, on=5) == [ChangeKind.WITHDRAWN]
        assert world.hears(say("a", "98%", on=6)) == []
        world.live.append(say("a", "98%", revision="2", seen=90))  # a later revision of the judged article is no news either
        assert world.loses(*[claim for claim in world.live if claim.revision.endswith("-1")]) == []
        assert world.hears(say("b", "98%", on=7)) == [ChangeKind.NEW]
        assert "reopened" in world.fact.verdict

    def test_accept_changes_nothing_but_is_shown(self, world, say):
        world.hears(say("a", "98%"))
        before = world.fact
        assert world.judges(VerdictAct.ACCEPT, on=5) == []
        assert world.fact.state == before.state
        assert world.fact.verdict == "accept by anna: I asked them"
        world.hears(say("b", "100%", on=6))
        assert "reopened" in world.fact.verdict


def _undone(verdict):
    fields = {name: getattr(verdict, name) for name in verdict.__dataclass_fields__}
    return Verdict(**(fields | {"undone_at": verdict.at}))

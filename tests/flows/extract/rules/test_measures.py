"""Specifications, comparisons and deployment times: whose figure it is, and which of two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[[str, str], set[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Talon T8 draws no more than 95 watts and weighs 1.05 kg.", {"<=95w measure=power", "1.05kg measure=weight"}),
        ("The Talon T8 is rated at 200 kW.", {"200000w measure=power"}),
        (
            "The Talon T8 has a 14.5-inch screen with a peak brightness of 1,100 nits.",
            {"14.5in measure=display_size", "1100nit measure=brightness"},
        ),
        ("The Talon T8 takes up to 64 GB of memory and 2 TB of storage.", {"<=64gb measure=memory", "<=2000gb measure=storage"}),
        ("The Talon T8 is new. Memory adds up to 20.7 TB.", {"20700gb measure=memory"}),
        ("The four-GPU Talon T8 is here.", {"4gpu measure=gpus"}),
        ("The Talon T8 can scale to hundreds of thousands of GPUs.", {"100000-999999gpu measure=gpus"}),
        ("The Talon T8 lasts up to 29 hours of video playback.", {"<=29h measure=battery_life"}),
        ("The Talon T8 has a screen that reaches 600 nits.", {"600nit measure=brightness"}),
        ("The Talon T8 weighs 170 grams less than the Talon T6.", set()),
        ("The screen of the Talon T8 was tested at 150 nits.", set()),
        ("On a 400-billion-parameter model the Talon T8 did well.", set()),
        ("If the Talon T8 drew 90 watts, fans would melt.", set()),
        ("Rivals' machines draw 300 watts; the Talon T8 is quiet.", set()),
        ("Corvid will buy 80 MW of power for the Talon T8.", set()),
    ],
)
def test_specifications(said: Said, text: str, expected: set[str]) -> None:
    assert {claim.removeprefix("talon-t8 ").removesuffix(" actual") for claim in said(text, "spec")} == expected


def test_items_belong_to_what_their_list_is_about(said: Said) -> None:
    text = (
        "The Talon T8 is a notebook. Highlights include:\n\n"
        "- up to 64 GB of memory\n- a 13-inch panel, 78% faster than that of the Talon T6"
    )
    assert said(text, "spec") == {"talon-t8 <=64gb measure=memory actual", "talon-t8 13in measure=display_size actual"}
    assert said(text, "performance") == {"talon-t8 78% baseline=talon-t6 direction=higher measure=speed actual"}


def test_a_label_names_whose_figure_follows(said: Said) -> None:
    text = "Orlo's rack in parts:\n- Brook: takes away 98% of the heat in loops of water.\n- Lumo GPU: draws 700 watts.\n"
    assert said(text, "spec") == {"brook 98% measure=heat_removed actual", "lumo-gpu 700w measure=power actual"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Talon T8 offers up to 10x lower cost per token than the Talon T6.",
            {"talon-t8 <=10x baseline=talon-t6 direction=lower measure=cost_per_token actual"},
        ),
        (
            "The Talon T8 produced 6.2x as many tokens per second as the Fennel F2 we had.",
            {"talon-t8 6.2x baseline=fennel-f2 direction=higher measure=tokens_per_second actual"},
        ),
        (
            "The Lumo GPU is out. Tallis claims three times the training throughput of the Weft 7.",
            {"lumo-gpu 3x baseline=weft-7 direction=higher measure=training_throughput actual tallis"},
        ),
        (
            "The Talon T8 is 45% faster in training than its predecessor, the Talon T6.",
            {"talon-t8 45% baseline=talon-t6 direction=higher measure=training_throughput actual"},
        ),
        ("Is the Talon T8 twice as fast as the Talon T6?", set()),
        ("Sales of the Talon T8 rose 12% more than those of the Talon T6.", set()),
    ],
)
def test_performance(said: Said, text: str, expected: set[str]) -> None:
    assert said(text, "performance") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Gannet R9 promises to cut the time for deploying a data center from months to weeks.",
            {"gannet week from=month planned"},
        ),
        (
            "The Gannet R9 was installed in nine days, where the previous generation had taken eleven weeks.",
            {"gannet 9day from=11week actual"},
        ),
        ("Orlo sells the Gannet R9. This reduces the time from order to production to ten weeks.", {"gannet 10week actual"}),
        (
            "With the Gannet R9 we need three weeks to get a customer into production. A year ago it was five months.",
            {"gannet 3week from=5month actual"},
        ),
        ("The Gannet R9 was installed three weeks ago.", set()),
        ("Could the Gannet R9 be deployed in two weeks?", set()),
    ],
)
def test_deployment_times(said: Said, text: str, expected: set[str]) -> None:
    assert said(text, "deployment_time") == expected

"""Components: wholes and parts in their many wordings, and what only looks like a part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[[str, str], set[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Talon T8 combines the Lumo CPU and the Lumo GPU with Weft 7.", {"lumo-cpu", "lumo-gpu", "weft-7"}),
        ("The Talon T8 packs eight Lumo GPUs and two Lumo CPUs into a flat case.", {"lumo-gpu 8gpu", "lumo-cpu 2cpu"}),
        ("Built around the Lumo CPU, the Talon T8 weighs 9 kg.", {"lumo-cpu"}),
        ("The Talon T8 is based on the Lumo CPU.", {"lumo-cpu"}),
        ("The Talon T8 ships with Brook, a cooling system, preinstalled.", {"brook"}),
        ("The Talon T8 is a server. Inside are 72 Lumo GPUs, tied together by Weft 7 at 20 TB/s.", {"lumo-gpu 72gpu", "weft-7"}),
        ("At the heart of the Talon T8 sits a Lumo GPU.", {"lumo-gpu"}),
        ("The Talon T8, with its Lumo CPU, went on sale in May.", {"lumo-cpu"}),
        ("The Lumo-powered laptop is heavy. Corvid put the Lumo CPU into the Talon T8.", {"lumo-cpu"}),
        ("The Talon T8 carries eight Lumo GPUs and it went on sale on June 1.", {"lumo-gpu 8gpu"}),
        ("The Lumo GPU powers the Talon T8.", {"lumo-gpu"}),
    ],
)
def test_parts_are_read_from_what_the_whole_does(said: Said, text: str, expected: set[str]) -> None:
    assert {claim.removeprefix("talon-t8 ").removesuffix(" actual") for claim in said(text, "component")} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Does the Talon T8 use the Lumo GPU?",
        "The Talon T8 does not use the Lumo GPU.",
        "If Corvid were to build the Talon T8 again, it would use the Lumo GPU.",
        "The Talon T8 could use the Lumo GPU.",
        "Corvid uses the Talon T8 and the Lumo GPU in its own offices.",
        "The Talon T8 includes software for the Lumo GPU.",
        "The previous model used the Lumo GPU.",
    ],
)
def test_no_part_is_read_from_what_is_not_so(said: Said, text: str) -> None:
    assert said(text, "component") == set()


def test_a_part_to_be_is_planned_and_keeps_its_speaker(said: Said) -> None:
    text = (
        "Corvid unveiled the Talon T8 in April. Tallis said its next-generation Lumo GPU will be a core component of the project."
    )
    assert said(text, "component") == {"talon-t8 lumo-gpu planned tallis"}


def test_the_opening_line_of_a_list_tells_whose_parts_it_holds(said: Said) -> None:
    text = (
        "The core of the Gannet R9 is built on the newest designs:\n"
        "- Lumo GPU: for training.\n- Brook: takes away 97% of the heat.\n"
    )
    assert said(text, "component") == {"gannet lumo-gpu actual", "gannet brook actual"}


def test_labels_under_a_heading_give_parts_of_what_it_names(said: Said) -> None:
    text = (
        "Talon T8: the details\n\n- Processor: 2x Lumo CPU\n"
        "- Networking: Weft 7 switches\n- Comparison: faster than the Talon T6\n"
    )
    assert said(text, "component") == {"talon-t8 lumo-cpu 2cpu actual", "talon-t8 weft-7 actual"}


def test_a_list_that_opens_later_is_a_plan(said: Said) -> None:
    text = (
        "The Gannet R9 at a glance\n\n"
        "• Phase 1: 250 Lumo GPUs, open to customers in the first quarter of 2027\n• Networking: Weft 7 switches\n"
    )
    assert said(text, "component") == {"gannet lumo-gpu 250gpu planned", "gannet weft-7 planned"}


def test_a_list_of_news_is_no_list_of_parts(said: Said) -> None:
    text = "Orlo announced these products at the Gannet R9 show:\n- Talon T8\n- Fennel F2\n"
    assert said(text, "component") == set()


def test_a_cluster_takes_the_name_the_next_sentence_gives_it(said: Said) -> None:
    text = "Orlo will buy a liquid-cooled cluster of 4,096 Lumo GPUs. The machine, named Linnet, will stand in Oslo."
    assert said(text, "component") == {"linnet lumo-gpu 4096gpu planned"}

"""What press releases, reviews and blogs say of products: whose screen it is, where which price holds, how long a name is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[[str, str], set[str]]

SPECS = [
    (
        "The Brook Arc 3 has a 14-inch screen. The Arc 3 weighs 1.2 kg.",
        {"brook-arc-3 14in measure=display_size", "brook-arc-3 1.2kg measure=weight"},
    ),
    ("Orlo showed the OmniBench 40 workstation. The OmniBench 40 draws 400 watts.", {"omnibench-40 400w measure=power"}),
    ("The Brook Pro Foldout weighs 1.4 kg.", {"brook-pro-foldout 1.4kg measure=weight"}),
    ("The Brook family is large.", set()),
    (
        "The Kessel 5 sports 32 GB of RAM and a 1 TB SSD.",
        {"kessel-5 32gb measure=memory", "kessel-5 1000gb measure=storage"},
    ),
    (
        "The Kessel 5 is a notebook with a Lumo GPU. The screen measures 13.3 inches. There is now a 75 Wh cell inside.",
        {"kessel-5 13.3in measure=display_size", "kessel-5 75wh measure=battery_capacity"},
    ),
    (
        "The Kessel 5 is new. Behind a screen of 14 inches sits a Lumo GPU with 32 GB of memory.",
        {"kessel-5 14in measure=display_size", "kessel-5 32gb measure=memory"},
    ),
    ("The Frost R2 is a rack. It holds 288 GB of memory per GPU.", set()),
]
PRICES = [
    (
        "The Kessel 5 starts at $999 in the US and €899 in Germany.",
        {"kessel-5 >=999USD region=us", "kessel-5 899EUR region=germany"},
    ),
    (
        "The Kessel 5 is here. The model with a 1 TB drive costs €1,299, the one with 2 TB €1,449.",
        {"kessel-5 1299EUR configuration=1-tb", "kessel-5 1449EUR configuration=2-tb"},
    ),
    (
        "The Kessel 5 costs $1,299 with 16 GB of memory and $1,599 with 32 GB.",
        {"kessel-5 1299USD configuration=16-gb", "kessel-5 1599USD configuration=32-gb"},
    ),
    ("Orlo asks €899 for its Kessel 5.", {"kessel-5 899EUR"}),
    ("The Kessel 5 with its Lumo GPU is out. It costs €899.", {"kessel-5 899EUR"}),
]
DAYS = [
    (
        "The Kessel 5 will go on sale in Japan in October, from USD 1,499; and in Europe in November, from EUR 1,599.",
        {
            "kessel-5 2026-10-01..2026-10-31 milestone=sale region=japan",
            "kessel-5 2026-11-01..2026-11-30 milestone=sale region=europe",
        },
    ),
    ("The Kessel 5 reaches Japan next month.", {"kessel-5 2026-06-01..2026-06-30 region=japan"}),
    ("Americans have to wait for the Kessel 5 until November.", {"kessel-5 2026-11-01.. region=us"}),
]


def _told(claims: set[str]) -> set[str]:
    return {claim.removesuffix(" actual").removesuffix(" planned") for claim in claims}


@pytest.mark.parametrize(("text", "expected"), SPECS)
def test_whose_figure_it_is(said: Said, text: str, expected: set[str]) -> None:
    assert _told(said(text, "spec")) == expected


@pytest.mark.parametrize(("text", "expected"), PRICES)
def test_where_and_for_which_version_a_price_holds(said: Said, text: str, expected: set[str]) -> None:
    assert _told(said(text, "price")) == expected


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_each_day_of_sale_has_its_place(said: Said, text: str, expected: set[str]) -> None:
    assert _told(said(text, "availability")) == expected


def test_a_part_behind_a_screen_is_a_component(said: Said) -> None:
    text = "The Kessel 5 is new. Behind a screen of 14 inches sits a Lumo GPU."
    assert said(text, "component") == {"kessel-5 lumo-gpu actual"}


def test_what_leaks_say_is_rumoured(said: Said) -> None:
    assert said("The Kessel 5 is due soon. A leak suggests a 90 Wh battery.", "spec") <= {
        "kessel-5 90wh measure=battery_capacity rumoured"
    }

"""Who makes a product and when it was first shown, each told in many ways."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[[str, frozenset[str]], set[str]]
PREDICATES = frozenset(["maker", "announced"])

LAUNCHES = [
    (
        "Tallis unveiled the Ridgeline XE9900 in Austin on Tuesday.",
        {"ridgeline-xe9900 announced - 2026-05-05 actual -", "ridgeline-xe9900 maker tallis - actual -"},
    ),
    (
        "The Ridgeline XE9900, unveiled by Tallis at Fairnet 2026, weighs 40 kg.",
        {"ridgeline-xe9900 announced - 2026-01-06 actual -", "ridgeline-xe9900 maker tallis - actual -"},
    ),
    (
        "First shown at Fairnet 2026, the Ridgeline XE9900 weighs 40 kg.",
        {"ridgeline-xe9900 announced - 2026-01-06 actual -"},
    ),
    (
        "Assemblo assembles the Ridgeline XE9900 in Mexico.",
        {"ridgeline-xe9900 maker assemblo - actual -"},
    ),
    (
        "Brevo and Sarn jointly developed the OmniDesk Z40 workstation.",
        {"omnidesk-z40 maker brevo - actual -", "omnidesk-z40 maker sarn - actual -"},
    ),
    (
        "Brevo today lifted the lid on its OmniDesk Z40 workstation.",
        {"omnidesk-z40 announced - 2026-05-06 actual -", "omnidesk-z40 maker brevo - actual -"},
    ),
    (
        "Brevo will unveil the OmniDesk Z40 workstation on May 20.",
        {"omnidesk-z40 announced - 2026-05-20 planned -", "omnidesk-z40 maker brevo - planned -"},
    ),
    (
        "The OmniDesk Z40 workstation made its debut in Berlin on May 4.",
        {"omnidesk-z40 announced - 2026-05-04 actual -"},
    ),
    (
        "Brevo's new OmniDesk Z40 and OmniBook X7 laptops are silent.",
        {"omnibook-x7 maker brevo - actual -", "omnidesk-z40 maker brevo - actual -"},
    ),
    (
        "A leaker claims that Brevo will launch the OmniDesk Z40 workstation in July.",
        {"omnidesk-z40 announced - 2026-07-01 rumoured -", "omnidesk-z40 maker brevo - rumoured -"},
    ),
    (
        "Brevo compared its machine with the Tallis Ridgeline XE9900.",
        {"ridgeline-xe9900 maker tallis - actual -"},
    ),
    (
        "Kilnwork builds the OmniDesk Z40 workstation for Brevo.",
        {"omnidesk-z40 maker kilnwork - actual -"},
    ),
    (
        "Brevo presented the OmniDesk Z40, a workstation for designers, on Monday.",
        {"omnidesk-z40 announced - 2026-05-04 actual -", "omnidesk-z40 maker brevo - actual -"},
    ),
    (
        "The OmniDesk Z40 is Brevo's first workstation with 20 cores.",
        {"omnidesk-z40 maker brevo - actual -"},
    ),
    (
        "The OmniDesk Z40 comes from Brevo and costs $999.",
        {"omnidesk-z40 maker brevo - actual -"},
    ),
    (
        "Zenko showed off the ROG Falcon X5, a handheld, in Taipei on Tuesday.",
        {"rog-falcon-x5 announced - 2026-05-05 actual -", "rog-falcon-x5 maker zenko - actual -"},
    ),
    (
        "The ROG Falcon X5 was introduced by Zenko in March 2025.",
        {"rog-falcon-x5 announced - 2025-03-01 actual -", "rog-falcon-x5 maker zenko - actual -"},
    ),
    (
        "Zenko has taken the covers off its ROG Falcon X5 handheld.",
        {"rog-falcon-x5 maker zenko - actual -"},
    ),
    (
        "The ROG Falcon X5, Zenko's new handheld, costs $799.",
        {"rog-falcon-x5 maker zenko - actual -"},
    ),
    (
        "Zenko is developing a handheld called ROG Falcon X5.",
        {"rog-falcon-x5 maker zenko - actual -"},
    ),
    (
        "Unveiled at Fairnet 2026 by Zenko, the ROG Falcon X5 handheld costs $799.",
        {"rog-falcon-x5 announced - 2026-01-06 actual -", "rog-falcon-x5 maker zenko - actual -"},
    ),
    (
        "Pegwell manufactures the ROG Falcon X5 handheld for Zenko.",
        {"rog-falcon-x5 maker pegwell - actual -"},
    ),
    (
        "The ROG Falcon X5 is made by Pegwell in Vietnam.",
        {"rog-falcon-x5 maker pegwell - actual -"},
    ),
    (
        "At an event in Berlin yesterday, Zenko presented two handhelds, the ROG Falcon X5 and the ROG Kite X2.",
        {
            "rog-falcon-x5 announced - 2026-05-05 actual -",
            "rog-falcon-x5 maker zenko - actual -",
            "rog-kite-x2 announced - 2026-05-05 actual -",
            "rog-kite-x2 maker zenko - actual -",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), LAUNCHES)
def test_makers_and_first_showings(read: Read, text: str, expected: set[str]) -> None:
    assert read(text, PREDICATES) == expected

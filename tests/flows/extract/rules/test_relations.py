"""Relations between companies, each told in many ways; and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[[str, frozenset[str]], set[str]]
PREDICATES = frozenset(["customer", "investment", "acquisition", "partnership"])

CUSTOMERS = [
    (
        "Marlow Bank, a London lender, picked Brenta to build its new server hall.",
        {"brenta customer marlow-bank - actual -"},
    ),
    (
        "The Finnish retailer Kesto Group has chosen Tallis as its supplier of laptops.",
        {"tallis customer kesto - actual -"},
    ),
    (
        "Rackley won a $300 million order from Orbis Cloud.",
        {"rackley customer orbis-cloud - actual -"},
    ),
    (
        "Tallis will supply Helvetia Telecom with 4,000 servers from autumn.",
        {"tallis customer helvetia-telecom - planned -"},
    ),
    (
        "Corvus Networks makes switches. Its customers include Grenna, Hollin and Orbis Cloud Ltd.",
        {
            "corvus-networks customer grenna - actual -",
            "corvus-networks customer hollin - actual -",
            "corvus-networks customer orbis-cloud - actual -",
        },
    ),
    (
        "Corvus Networks, a switch company, counts Grenna and Hollin among its customers.",
        {"corvus-networks customer grenna - actual -", "corvus-networks customer hollin - actual -"},
    ),
    (
        "Tallis is in talks to supply Orbis Cloud with servers, according to two people familiar with the matter.",
        {"tallis customer orbis-cloud - rumoured -"},
    ),
    (
        "Orbis Cloud Ltd and Marlow Bank have signed up as the first tenants of the campus that Vantor Group is building.",
        {"vantor customer marlow-bank - actual -", "vantor customer orbis-cloud - actual -"},
    ),
    (
        "Tallis has shipped the first racks to Orbis Cloud Ltd.",
        {"tallis customer orbis-cloud - actual -"},
    ),
    (
        "Tallis signed a contract with Orbis Cloud to supply 900 servers.",
        {"tallis customer orbis-cloud - actual -"},
    ),
    (
        "Corvid is working with customers such as Orbis Cloud Ltd and Marlow Bank.",
        {"corvid customer marlow-bank - actual -", "corvid customer orbis-cloud - actual -"},
    ),
    (
        "Nordwerft AG uses Marlin servers in its yards.",
        {"marlin customer nordwerft - actual -"},
    ),
    (
        "Nordwerft AG runs its simulations on Brenta machines.",
        {"brenta customer nordwerft - actual -"},
    ),
    (
        "Grenna has installed 5,000 systems from Rackley.",
        {"rackley customer grenna - actual -"},
    ),
    (
        "Grenna, a customer of Rackley, declined to comment.",
        {"rackley customer grenna - actual -"},
    ),
    (
        "Felsway remains the biggest buyer of Corvid chips.",
        {"corvid customer felsway - actual -"},
    ),
    (
        "Chip designer Halcyon Micro said on Thursday it had sold its first 300 boards to Banco Serrano, a Chilean lender.",
        {"halcyon-micro customer banco-serrano - actual halcyon-micro"},
    ),
    (
        "Vargen Cars has placed an order with Halcyon Micro for 2,000 boards.",
        {"halcyon-micro customer vargen-cars - actual -"},
    ),
    (
        "Halcyon Micro Inc landed a contract with Vargen Cars worth $90 million.",
        {"halcyon-micro customer vargen-cars - actual -"},
    ),
    (
        "Sibylla and Orlo are among the biggest customers of Halcyon Micro Inc.",
        {"halcyon-micro customer orlo - actual -", "halcyon-micro customer sibylla - actual -"},
    ),
    (
        "Halcyon Micro Inc, whose customers include Orlo, makes boards.",
        {"halcyon-micro customer orlo - actual -"},
    ),
    (
        "The supercomputer will be built by Brenta for Lindau University.",
        {"brenta customer lindau-university - planned -"},
    ),
    (
        "Brenta has been chosen by Lindau University to build its next supercomputer.",
        {"brenta customer lindau-university - actual -"},
    ),
    (
        "Orlo may buy chips from Halcyon Micro Inc, according to a person familiar with the matter.",
        {"halcyon-micro customer orlo - rumoured -"},
    ),
    (
        "Orlo is rumoured to have ordered 10,000 boards from Halcyon Micro Inc.",
        {"halcyon-micro customer orlo - rumoured -"},
    ),
]

INVESTMENTS = [
    (
        "Felsway invested $2 billion in Arvo Robotics, a start-up.",
        {"felsway investment arvo-robotics 2000000000 actual -"},
    ),
    (
        "Grenna will pump $500 million into Arvo Robotics Inc over three years.",
        {"grenna investment arvo-robotics 500000000 planned -"},
    ),
    (
        "Marlin is to invest €80 million in its plant in Győr, Hungary.",
        {"marlin investment gyor 80000000 planned -"},
    ),
    (
        "Ondor plans to spend $4 billion on a new factory in Taylor, Texas.",
        {"ondor investment taylor 4000000000 planned -"},
    ),
    (
        "Sarn took a $40 million stake in Arvo Robotics Inc.",
        {"sarn investment arvo-robotics 40000000 actual -"},
    ),
    (
        "Tallis is considering investing $300 million in Arvo Robotics Inc, two people familiar with the matter said.",
        {"tallis investment arvo-robotics 300000000 rumoured -"},
    ),
    (
        "A further $200 million will be invested in Arvo Robotics Inc by Sarn.",
        {"sarn investment arvo-robotics 200000000 planned -"},
    ),
    (
        "Brenta committed $1.2 billion to the Rotterdam campus.",
        {"brenta investment rotterdam 1200000000 actual -"},
    ),
    (
        "An investment of $250 million in Arvo Robotics Inc was announced by Sarn on Monday.",
        {"sarn investment arvo-robotics 250000000 actual -"},
    ),
    (
        "Sarn announced an investment of $250 million in Arvo Robotics Inc.",
        {"sarn investment arvo-robotics 250000000 actual -"},
    ),
    (
        "Sarn announced a $250 million investment in Arvo Robotics Inc.",
        {"sarn investment arvo-robotics 250000000 actual -"},
    ),
    (
        "Corvid is pouring $1 billion into Halcyon Micro Inc, the two companies said on Monday.",
        {"corvid investment halcyon-micro 1000000000 actual -"},
    ),
    (
        "Corvid, which invested $200 million in Halcyon Micro Inc last year, holds 4% of it.",
        {"corvid investment halcyon-micro 200000000 actual -"},
    ),
    (
        "Halcyon Micro Inc, in which Corvid invested $200 million last year, makes boards.",
        {"corvid investment halcyon-micro 200000000 actual -"},
    ),
    (
        "Hikaro could invest up to $3 billion in Halcyon Micro Inc, people familiar with the plan said.",
        {"hikaro investment halcyon-micro 3000000000 rumoured -"},
    ),
    (
        "Tallis is to put $700 million into a new campus near Austin.",
        {"tallis investment austin 700000000 planned -"},
    ),
    (
        "Tallis's $700 million investment in Halcyon Micro Inc has paid off.",
        {"tallis investment halcyon-micro 700000000 actual -"},
    ),
]

ACQUISITIONS = [
    (
        "Tallis has agreed to acquire Arvo Robotics, a Danish start-up, for $640 million.",
        {"tallis acquisition arvo-robotics announced actual -"},
    ),
    (
        "Brevo completed the purchase of Arvo Robotics Inc in March.",
        {"brevo acquisition arvo-robotics completed actual -"},
    ),
    (
        "Brevo closed its $640 million acquisition of Arvo Robotics Inc.",
        {"brevo acquisition arvo-robotics completed actual -"},
    ),
    (
        "Brevo walked away from its planned takeover of Arvo Robotics Inc.",
        {"brevo acquisition arvo-robotics terminated actual -"},
    ),
    (
        "Brevo is in talks to buy Arvo Robotics Inc, according to people familiar with the matter.",
        {"brevo acquisition arvo-robotics proposed rumoured -"},
    ),
    (
        "Brevo is weighing a bid for Arvo Robotics Inc, sources said.",
        {"brevo acquisition arvo-robotics proposed rumoured -"},
    ),
    (
        "Brevo denied that it was in talks to buy Arvo Robotics Inc.",
        {"brevo acquisition arvo-robotics proposed denied brevo"},
    ),
    (
        "Arvo Robotics Inc was bought by Brevo last year.",
        {"brevo acquisition arvo-robotics completed actual -"},
    ),
    (
        "Arvo Robotics Inc, which Brevo acquired in 2024, makes arms.",
        {"brevo acquisition arvo-robotics completed actual -"},
    ),
    (
        "Brevo acquired Arvo Robotics Inc in 2024 for $300 million.",
        {"brevo acquisition arvo-robotics completed actual -"},
    ),
    (
        "Brevo will acquire Arvo Robotics Inc for $300 million, the companies announced on Tuesday.",
        {"brevo acquisition arvo-robotics announced actual -"},
    ),
    (
        "The takeover of Arvo Robotics Inc by Brevo was completed on Friday.",
        {"brevo acquisition arvo-robotics completed actual -"},
    ),
    (
        "Brevo's takeover of Arvo Robotics Inc fell through in May.",
        {"brevo acquisition arvo-robotics terminated actual -"},
    ),
    (
        "Brevo expects to close its acquisition of Arvo Robotics Inc by the end of June.",
        {"brevo acquisition arvo-robotics completed planned -"},
    ),
    (
        "Brevo made an offer of $2 billion for Arvo Robotics Inc.",
        {"brevo acquisition arvo-robotics proposed actual -"},
    ),
    (
        "Brevo has dropped its bid for Arvo Robotics Inc.",
        {"brevo acquisition arvo-robotics terminated actual -"},
    ),
    (
        "Brevo withdrew its $2 billion offer for Arvo Robotics Inc.",
        {"brevo acquisition arvo-robotics terminated actual -"},
    ),
    (
        "Brevo is buying Arvo Robotics Inc in a deal worth $2 billion.",
        {"brevo acquisition arvo-robotics announced actual -"},
    ),
    (
        "Brevo is reportedly preparing an offer for Arvo Robotics Inc.",
        {"brevo acquisition arvo-robotics proposed rumoured -"},
    ),
    (
        "Ondor has acquired Halcyon Micro Inc, a maker of boards, for $1.3 billion, the Korean group said on Tuesday.",
        {"ondor acquisition halcyon-micro completed actual ondor"},
    ),
    (
        "Ondor to buy Halcyon Micro Inc for $1.3 billion",
        {"ondor acquisition halcyon-micro announced actual -"},
    ),
    (
        "Ondor's $1.3 billion takeover of Halcyon Micro Inc is expected to close in the third quarter.",
        {"ondor acquisition halcyon-micro completed planned -"},
    ),
    (
        "Regulators have blocked Ondor's takeover of Halcyon Micro Inc.",
        {"ondor acquisition halcyon-micro terminated actual -"},
    ),
    (
        "Halcyon Micro Inc rejected a $1.3 billion offer from Ondor.",
        {"ondor acquisition halcyon-micro proposed actual -"},
    ),
    (
        "Halcyon Micro Inc has received a takeover offer from Ondor worth $1.3 billion.",
        {"ondor acquisition halcyon-micro proposed actual -"},
    ),
    (
        "Halcyon Micro Inc agreed to be acquired by Ondor for $1.3 billion.",
        {"ondor acquisition halcyon-micro announced actual -"},
    ),
    (
        "Ondor bid $1.3 billion for Halcyon Micro Inc in March.",
        {"ondor acquisition halcyon-micro proposed actual -"},
    ),
    (
        "Ondor is said to be in advanced talks to acquire Halcyon Micro Inc.",
        {"ondor acquisition halcyon-micro proposed rumoured -"},
    ),
    (
        "Ondor dismissed reports that it plans to buy Halcyon Micro Inc.",
        {"ondor acquisition halcyon-micro proposed denied ondor", "ondor acquisition halcyon-micro proposed rumoured -"},
    ),
]

PARTNERSHIPS = [
    (
        "Marlin and Stellmar announced a partnership on factory computers.",
        {"marlin partnership stellmar announced actual -"},
    ),
    (
        "Marlin has teamed up with Stellmar to build factory computers.",
        {"marlin partnership stellmar announced actual -"},
    ),
    (
        "Marlin is teaming up with Stellmar AG.",
        {"marlin partnership stellmar announced actual -"},
    ),
    (
        "Tallis and Stellmar AG extended their alliance until 2029.",
        {"stellmar partnership tallis renewed actual -"},
    ),
    (
        "Tallis ended its partnership with Stellmar AG in March.",
        {"stellmar partnership tallis ended actual -"},
    ),
    (
        "Tallis plans to deepen its cooperation with Stellmar AG.",
        {"stellmar partnership tallis expanded planned -"},
    ),
    (
        "Tallis signed a memorandum of understanding with Stellmar AG.",
        {"stellmar partnership tallis announced actual -"},
    ),
    (
        "Tallis entered into a strategic partnership with Stellmar AG.",
        {"stellmar partnership tallis announced actual -"},
    ),
    (
        "Tallis said it had not signed any agreement with Stellmar AG.",
        {"stellmar partnership tallis announced denied tallis"},
    ),
    (
        "The partnership between Tallis and Stellmar AG will expire in June.",
        {"stellmar partnership tallis ended planned -"},
    ),
    (
        "Together with Stellmar AG, Tallis launched a pilot programme for factories.",
        {"stellmar partnership tallis announced actual -"},
    ),
    (
        "Tallis is thought to be negotiating a partnership with Stellmar AG.",
        {"stellmar partnership tallis announced rumoured -"},
    ),
    (
        "Tallis and Stellmar AG are to work together on cooling.",
        {"stellmar partnership tallis announced planned -"},
    ),
    (
        "Tallis joined forces with Stellmar AG to train technicians.",
        {"stellmar partnership tallis announced actual -"},
    ),
    (
        "Netwick has signed a three-year cooperation agreement with Halcyon Micro Inc.",
        {"halcyon-micro partnership netwick announced actual -"},
    ),
    (
        "Under a deal struck with Netwick, Halcyon Micro Inc will supply boards.",
        {"halcyon-micro partnership netwick announced actual -"},
    ),
    (
        "Netwick and Halcyon Micro Inc are expanding their alliance to Asia, they said on Monday.",
        {"halcyon-micro partnership netwick expanded actual -"},
    ),
    (
        "The alliance of Netwick and Halcyon Micro Inc has been extended by two years.",
        {"halcyon-micro partnership netwick renewed actual -"},
    ),
    (
        "Netwick has terminated its cooperation with Halcyon Micro Inc.",
        {"halcyon-micro partnership netwick ended actual -"},
    ),
    (
        "Netwick is collaborating with Halcyon Micro Inc on a switch for data centres.",
        {"halcyon-micro partnership netwick announced actual -"},
    ),
    (
        "Netwick was rumoured to be planning an alliance with Halcyon Micro Inc.",
        {"halcyon-micro partnership netwick announced rumoured -"},
    ),
    (
        "Netwick denied that it had signed an agreement with Halcyon Micro Inc.",
        {"halcyon-micro partnership netwick announced denied netwick"},
    ),
]

NOTHING = [
    "Its largest customers include Grenna and Hollin. Tallis also sells to banks.",
    "Would Orbis Cloud buy from Tallis? Nobody knows.",
    "If Orbis Cloud were to buy from Tallis, Brenta would suffer.",
    "Orbis Cloud does not buy from Tallis.",
    "Arvo Robotics, a Danish start-up, raised $75 million from Sarn and Ondor.",
    "Corvid denied that it would invest $300 million in Arvo Robotics Inc.",
    "Pomara spent $8 billion on research.",
    "Brevo added $5 billion to its buyback programme.",
    "Tallis is not interested in buying Arvo Robotics Inc, its chief executive said.",
    "Will Brevo buy Arvo Robotics Inc?",
    "Brevo should buy Arvo Robotics Inc, says analyst Tom Wild.",
    "If Brevo were to buy Arvo Robotics Inc, regulators would object.",
    "Tallis, a partner of Stellmar AG, fell 3%.",
    "Stellmar AG is a partner in the project.",
    "A partnership with Stellmar AG would help Tallis.",
    "The OmniDesk Z40 workstation has nothing to do with Brevo.",
    "Would Brevo launch the OmniDesk Z40 workstation in May?",
    "Orlo no longer buys from Halcyon Micro Inc.",
    "Orlo has stopped buying from Halcyon Micro Inc.",
    "Orlo sold 3 million shares of Halcyon Micro Inc to Sibylla.",
    "Tallis will build a plant in Łódź and invest 400 million euros there.",
    "Tallis did not invest in Halcyon Micro Inc.",
    "Tallis invested $4 billion in research last year.",
    "Ondor and Halcyon Micro Inc have agreed to merge.",
    "Talks between Ondor and Halcyon Micro Inc on a takeover have collapsed.",
    "Analysts had expected Ondor to buy Halcyon Micro Inc.",
    "Ondor lost the race to acquire Halcyon Micro Inc.",
    "Before it bought Halcyon Micro Inc, Ondor had no boards.",
    "Netwick will not renew its partnership with Halcyon Micro Inc, which ends in December.",
    "Netwick has appointed Halcyon Micro Inc as its distributor in Chile.",
    "If Netwick teams up with Halcyon Micro Inc, prices will fall.",
    "Netwick and Halcyon Micro Inc compete in switches.",
    "Zenko has not launched the ROG Falcon X5 handheld in Europe.",
    "Zenko launched the service in 2019.",
]


@pytest.mark.parametrize(("text", "expected"), [*CUSTOMERS, *INVESTMENTS, *ACQUISITIONS, *PARTNERSHIPS])
def test_a_relation_is_read_however_it_is_told(read: Read, text: str, expected: set[str]) -> None:
    assert read(text, PREDICATES) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_questions_conditions_denials_and_other_trades_are_no_relations(read: Read, text: str) -> None:
    assert read(text, PREDICATES) == set()

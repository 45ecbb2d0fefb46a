"""What is of the field and what only sounds like it: short articles in the manner of many papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.config.catalogue import Catalogue
from flows.config.watchlist import load_watchlist
from flows.extract.engine import Extraction, Extractor
from flows.extract.field import settled
from flows.extract.mentions import Gazetteer
from storage.identity import revision_id
from storage.model import Article

Read = Callable[[str], Extraction]


@pytest.fixture(scope="module")
def read(seeds: Path, catalogue: Catalogue) -> Read:
    """An article read with the watchlist that is shipped."""
    extractor = Extractor(load_watchlist(seeds / "watchlist.yaml"), catalogue)

    def run(text: str) -> Extraction:
        day = date(2026, 5, 13)
        article = Article(
            id="a",
            revision=revision_id("a", text),
            url="file:a.txt",
            source="paper",
            publisher="paper",
            title="",
            text=text,
            language="en",
            published=datetime(day.year, day.month, day.day, tzinfo=UTC),
            published_on=day,
            seen_at=datetime(2026, 6, 1, tzinfo=UTC),
        )
        return extractor.extract(article, now=article.seen_at)

    return run


OTHER_FIELDS = {
    "a village telescope": (
        "On the hill behind the chapel of Saint-Vaury stands a dome that the villagers built themselves. They call the"
        " instrument inside it Vera Rubin, since the astronomer was the hero of the teacher who began it all. It weighs 900"
        " kg and its mirror is 61 cm across.\n\n"
        "Last autumn the pupils followed Neptune through the constellation of Pisces for eleven nights. They found the"
        " planet where the tables had it, to within a second of arc, and drew its blue disc in their copybooks. An old"
        " Lenovo laptop, a gift of the postmaster, keeps the log.\n\n"
        "The roof leaks and the road floods in March. In June a choir will sing under the open dome, and 120 people have"
        " asked for a chair. Neptune will not be up by then, but Saturn will."
    ),
    "a gardener": (
        "Elsie Blackwell has grown sweet peas on the same terrace above the Wye for fifty-two years, and she has no plans to"
        " stop. This week Blackwell, 81, opened her garden to 340 visitors, who drank tea under the medlar and were told"
        " not to touch the poppies.\n\n"
        "Her grandfather brought the seed from Sicily in a tobacco tin. Blackwell sows it on Boxing Day, in the dark, with"
        " the window open. The plants stand 2.4 metres tall by June and smell, she says, like a church in love.\n\n"
        "In May she introduced a new white variety, Snow on the Weir. It has 12 flowers to the stem, twice as many as the"
        " old one. The county show gave it a ribbon and a cake."
    ),
    "a singer": (
        "Maxwell walked on forty minutes late, in a cream suit, and was forgiven by the second bar. For two hours the singer"
        " went through the songs of three decades as if somebody had only just whispered them to him.\n\n"
        "He has never been in a hurry. Eight years lay between the last two albums, and the audience of 5,200 knew every"
        " breath of both. Maxwell smiled, knelt, and gave the high notes to a choir of six.\n\n"
        "A new album will arrive in October, he told the crowd in Lyon, and nobody believed him. Then came the old hymn,"
        " the lights went down to 10%, and grown men wept into their scarves."
    ),
    "a feature of a planet": (
        "The Hadley ridge rises 4.6 kilometres above the plain and looks from orbit like the spine of a sleeping animal."
        " Geologists have argued for years about what lifted it. Now a team from Bern believes that it was ice.\n\n"
        "Feynman once said that nature's imagination is greater than man's, and the authors put that sentence at the head of"
        " their paper. The ridge, they write, grew by 3 millimetres a year for a million years, and 70% of it is gone"
        " again.\n\n"
        "Where the slope breaks, dust slides down in summer and leaves dark streaks 200 metres long. In winter frost binds"
        " it. A lander will touch down near the foot in March 2029, if the weather on two planets allows."
    ),
    "a painter": (
        "Nobody in the gas station speaks. That is the first thing one sees in Hopper, and the last. The museum has hung"
        " forty of his canvases in nine rooms and painted the walls the grey of a wet road.\n\n"
        "Hopper's light falls at five in the afternoon and stays there. His women read letters. His men look at a window"
        " behind which there is nothing but another window. It is all as still as milk.\n\n"
        "The show opened on Saturday, and 1,900 people came on the first day, a third of them under thirty. It will travel"
        " to Oslo in January. Go on a Tuesday, early, alone."
    ),
    "a yoga class": (
        "At six in the morning the gym of the fire station in Mora smells of rubber and coffee. Twenty-six men and four women"
        " unroll their mats. Yoga, says the commander, was her idea, and the doctor's.\n\n"
        "Since January injuries of the back have fallen by 40%. They stretch for 35 minutes and then sit still for ten,"
        " which is the hard part. One of them fell asleep and was left to it.\n\n"
        "In the autumn the Legion of old firemen will join in, and there is talk of a second morning. Yoga does not put out"
        " fires, the commander says. But it helps to be able to bend."
    ),
}
OF_THE_FIELD = {
    "a phone review": (
        "I dropped it in a lake and it came up smiling. The Brightwater Pebble 4 is the sort of thing you give to somebody"
        " who loses things.\n\n"
        "It weighs 178 grams and the screen measures 6.1 inches. There are 12 GB of memory inside, which is more than I have"
        " myself. It refreshes at 120 Hz. My mother, who is 80, liked the big letters and the bigger buttons.\n\n"
        "We walked up a mountain, we took pictures of goats, and in the evening there was still some life in it. It costs"
        " €449. I have paid more for shoes."
    ),
    "a games console": (
        "My children fought over it for a week, which tells you nothing, as they fight over spoons. But when they slept I"
        " played too.\n\n"
        "The Orchid Nova 2 comes with 1 TB of storage and draws 45 watts. The dragons breathe smoothly now. The first Nova"
        " managed 30 fps in the castle; this one does 60 and does not sound like a hair dryer while it is at it.\n\n"
        "You can have it from 4 June for $399. I would wait for the blue one, but then I would wait for anything blue."
    ),
    "an obituary of a founder": (
        "He began in a garage with a drill, a debt and a brother-in-law. Piet Halvorsen, who died on Sunday aged 91, founded"
        " Halvorsen Instruments in 1962 and ran it until his hands shook.\n\n"
        "He never owned a tie. In 1978 the company built the first desktop plotter that a school could afford, and he drove"
        " the early ones to the customers himself, in a van that had carried herring. By the time he retired in 1999 it"
        " employed 4,300 people.\n\n"
        "His garden had 40 apple trees. He is survived by his wife Greta, three daughters and, he liked to say, by every"
        " plotter he ever sold."
    ),
    "a school that buys laptops": (
        "Pupils of the secondary school in Ballyvaughan will each get a machine of their own after the summer. The county has"
        " ordered 640 laptops from Lenovo for €310,000.\n\n"
        "The head teacher, Nuala Egan, had asked for years. Until now four children had to share one computer, and the"
        " caretaker mended them with parts from the dump. The devices will be delivered in August, before the first bell."
        "\n\n"
        "Not all parents are glad. Some fear for their children's eyes, and one has started a chess club. Egan has joined"
        " it."
    ),
    "a hospital's server order": (
        "The university hospital in Tartu will read its X-rays with a machine of its own. It has bought 18 servers from Dell"
        " for 2.4 million euros, the hospital said on Monday.\n\n"
        "Doctors wait three days for a second opinion at present. With the new system it should be an hour. The servers stand"
        " in a cellar that once held potatoes, and their heat warms the ward above.\n\n"
        "Patients' data do not leave the house, which was the point. The first scans will go through it in November."
    ),
    "a deal among brewers": (
        "Two families who had not spoken since 1931 sat down to lunch. When they got up, one owned the other's brewery.\n\n"
        "Brauhaus Immler has agreed to buy Gruber Brewing for €84 million, both companies said on Tuesday. Gruber brews"
        " 210,000 hectolitres a year and employs 160 people, all of whom are to stay.\n\n"
        "The old feud was about a horse. Nobody remembers whose it was. The bride's grandfather is said to have laughed when"
        " he signed."
    ),
    "a chip named after a mathematician": (
        "It was late and the hall was cold. Then a man in a leather jacket took a slab of silicon out of his sleeve.\n\n"
        "Nvidia has named the thing after David Blackwell, the mathematician, and it is the size of a biscuit. Blackwell has"
        " 208 billion transistors and went on sale in March at $30,000, the company said. The audience, mostly young men,"
        " whistled.\n\n"
        "Next to me somebody from Utrecht had fallen asleep. He said afterwards that he had seen it all before, on paper."
    ),
}


@pytest.mark.parametrize("name", OTHER_FIELDS)
def test_what_only_sounds_like_the_field_gives_nothing(read: Read, name: str) -> None:
    found = read(OTHER_FIELDS[name])
    assert found.claims == ()
    assert found.trace[0].rule == "field"


@pytest.mark.parametrize("name", OF_THE_FIELD)
def test_an_article_about_a_company_a_product_or_a_deal_is_read(read: Read, name: str) -> None:
    assert not any(line.rule == "field" for line in read(OF_THE_FIELD[name]).trace)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Maxwell announced an album in Lyon.", set()),
        ("Hopper opened in Oslo.", set()),
        ("Mrs Blackwell opened her garden and Blackwell had 340 visitors.", set()),
        ("Blackwell GPUs went on sale in March.", {"blackwell"}),
        ("Nvidia said Blackwell would go on sale in March.", {"blackwell", "nvidia"}),
        ("Nvidia named it after David Blackwell. Blackwell went on sale in March.", {"blackwell", "nvidia"}),
        ("The servers came with Hopper and Blackwell superchips.", {"hopper", "blackwell"}),
    ],
)
def test_a_name_counts_in_the_company_that_shows_its_sense(seeds: Path, text: str, keys: set[str]) -> None:
    gazetteer = Gazetteer(load_watchlist(seeds / "watchlist.yaml"))
    found = settled(text, gazetteer.find(text), gazetteer.entities)
    assert {mention.key for mention in found} == keys


def test_the_first_name_before_it_takes_a_name_out_at_its_place_only(seeds: Path) -> None:
    gazetteer = Gazetteer(load_watchlist(seeds / "watchlist.yaml"))
    text = "Nvidia named it after David Blackwell. Blackwell went on sale in March."
    found = settled(text, gazetteer.find(text), gazetteer.entities)
    assert [mention.start for mention in found if mention.key == "blackwell"] == [text.rindex("Blackwell")]

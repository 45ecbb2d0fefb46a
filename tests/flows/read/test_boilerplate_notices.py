"""Clutter in the wordings of many sites, and lines of stories that look like it."""

from __future__ import annotations

import pytest

from flows.read.boilerplate import boilerplate_spans, without_boilerplate

STORY = (
    "Halden Optics said on Wednesday that its revenue rose 14 percent to €612 million in the first half, helped by orders for"
    " lasers from builders of data centres, and that it had hired 240 people in Tampere since the start of the year.",
    "The company will open a second clean room in November 2027 and wants to deliver the first modules from it before the"
    " winter, its chief executive Outi Rautio told analysts on a call, adding that the price of indium was a worry.",
    "A rival, Brisbane-based Lumo, has cut its forecast twice since March, and two of its directors left last week without"
    " giving reasons, according to a filing that was published late on Tuesday evening in Sydney.",
)

CLUTTER = [
    # related pieces
    "More on this story: Halden buys a mine | Lumo loses its founder",
    "More on this topic: Why indium is dear",
    "Older reviews: Lumo One | Halden H4: a lamp too far",
    "From the archive: How Halden was saved by a choir",
    "Previous episodes: The indium rush",
    "In other news: Ferry line orders six ships",
    "READ ALSO: Halden buys a mine",
    "What we're reading: The man who sold light",
    "Check out our guide to buying lasers",
    "Read our full coverage of the Tampere trade fair",
    "Halden buys a mine for ten times its worth | Why nobody wants to run Lumo",
    "Auch interessant: Halden kauft eine Mine",
    "Mehr dazu: Lumo verliert den Gründer",
    "À voir aussi : Halden rachète une mine",
    "Más información: Halden compra una mina",
    "延伸阅读：哈尔登收购矿山",
    "上一篇：哈尔登收购矿山",
    "Weiterlesen …",
    "Continue reading",
    "Lire la suite",
    "阅读全文",
    # sign-up and paywalls
    "Before you go: 30,000 engineers read our newsletter. Join them.",
    "Buy us a coffee (€3)?",
    "Sign up for Light Reading Club, our weekly newsletter on photonics.",
    "Melden Sie sich für unseren Newsletter an und verpassen Sie nichts mehr.",
    "Jetzt abonnieren und vier Wochen lesen.",
    "Inscrivez-vous à notre newsletter pour recevoir l'essentiel chaque matin.",
    "Suscríbete a nuestro boletín y recibe las noticias cada mañana.",
    "关注我们的微信公众号，获取更多资讯",
    "Subscribe to read the full story.",
    "To continue reading, create a free account.",
    "Unlock this article with a free trial",
    "This article is reserved for subscribers.",
    "Only €1 a week for the first year. Cancel anytime.",
    "Weiterlesen mit Digital-Abo: vier Wochen kostenlos testen.",
    "Il vous reste 72 % de cet article à lire.",
    "Contenido exclusivo para suscriptores",
    "登录后即可阅读全文",
    # consent
    "This site uses cookies and similar technologies to measure how it is used.",
    "We and our 814 partners store information on a device and process personal data.",
    "We value your privacy",
    "By continuing to browse this site you agree to our terms.",
    "Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten.",
    "Diese Website nutzt Cookies. Alle akzeptieren",
    "Nous utilisons des cookies pour mesurer notre audience.",
    "Continuer sans accepter",
    "Utilizamos cookies propias y de terceros para mejorar nuestros servicios.",
    "Aceptar todo",
    "本网站使用Cookie以改善您的体验。",
    "我们使用 Cookie 来分析流量",
    # money, standards, credits
    "We earn a commission of up to 3% when you buy through our links.",
    "As an Amazon Associate we earn from qualifying purchases.",
    "* Affiliate-Link",
    "This review contains affiliate links.",
    "Prices correct at the time of writing.",
    "Alle Preise inkl. MwSt.",
    "Halden lent us the lamp for three weeks.",
    "Our Standards: The Northern Wire Trust Principles.",
    "The views expressed here are those of the author.",
    "Disclaimer: Nothing here is advice of any kind.",
    "Disclosure: the author owns shares in Halden.",
    "This is not investment advice.",
    "Editor's note: the interview took place on Monday.",
    "Anm. d. Red.: Das Gespräch fand am Montag statt.",
    "This interview has been edited for length and clarity.",
    "*Questions: Pia Lehto. Transcript shortened.*",
    "Interview: Pia Lehto",
    "Mit Material von dpa",
    "Avec AFP",
    "(Reporting by Pia Lehto in Tampere; editing by Jon Beck)",
    "编者按：本文首发于周三。",
    "风险提示：投资有风险，入市需谨慎。",
    "(1 euro = 11.51 kroner)",
    "($1 = 0.8612 euros)",
    # pictures, sharing, comments, tags
    "Image caption: The clean room in Tampere",
    "Bildunterschrift: Der Reinraum in Tampere",
    "Foto: dpa/Lehto",
    "Press photo",
    "Click to enlarge the image",
    "图源：视觉中国",
    "Share | Save | Print",
    "Teilen | Merken | Drucken",
    "Gift this article | Print | Save to myWire",
    "点赞 | 收藏 | 分享",
    "12 Kommentare",
    "3 commentaires",
    "128条评论",
    "💬 24",
    "14 likes · 3 comments",
    "Reply | Share | Report",
    "#halden #photonics #earnings",
    "Jobs board: Process engineer, Kiruna (€72,000)",
    "Lesezeit: 4 Minuten",
    "Écouter cet article",
    "Please enable JavaScript to view this page.",
]

BODY = [
    "This site uses less water than any other, because the racks are cooled with sea water from the fjord.",
    "Google uses cookies to measure how often an advertisement is seen, and pays publishers $40 a thousand.",
    "By using warm water the racks accept inlet temperatures of 45 °C.",
    "Apple receives a 15% share of all purchases that readers make through the store.",
    "Nvidia sent us the numbers for the first quarter: 4,100 racks, up from 2,900.",
    "Data from Kantor, provided on Monday, put Halden's share of the market at 31%.",
    "Figures provided by Kantor show a rise of 12% in Spain.",
    "Product images show a second hinge and a keyboard with 84 keys.",
    "Video: up to 8K at 60 frames a second",
    "Other features: 16 GB of memory, two fans",
    "Jobs: 400 by 2028",
    "Price: from €499",
    "Availability: March 2027",
    "Weight: 1.24 kg",
    "Tomorrow: the plant in Vaasa opens with 120 workers.",
    "Elsewhere: Lumo lost 9% after it cut its forecast.",
    "Core i5 with 8 GB | Core i7 with 16 GB | Core i9 with 32 GB",
    "| Halden | 612 | +14% |",
    "Halden 31.2% Lumo 18.4%",
    "Earlier reports that Halden would buy Lumo were wrong, Rautio said.",
    "Previous guidance: €1.1 billion to €1.2 billion",
    "More interviews with staff are planned, and 40 engineers will be asked about the move.",
    "From $20 a month customers get access to the assistant, the company said.",
    "Just €49 a month for the first year is what Halden asks of small workshops.",
    "Read heads made by Lumo cost $3 each.",
    "Like its rival, Halden has raised prices by 5%.",
    "Share prices of suppliers fell by 4% in Helsinki.",
    "Print heads account for 40% of sales.",
    "Subscribers to the service rose to 4 million.",
    "Only 3% of the lasers came back.",
    "评论人士认为，联想的市场份额将达到百分之二十五。",
    "联想表示，第三财季营收增长18%。",
    "Die Firma setzt auf Wasserkühlung und spart damit 40 Prozent Strom.",
    "Nous avons vendu 4 000 serveurs, a déclaré la directrice.",
    "Esta empresa vendió 1.200 servidores en marzo.",
    "To keep prices low, Halden builds the modules in Poland.",
    "**Halden H5** weighs 890 grams.",
    "Prices start at €899 for the model with 16 GB.",
    "Specifications of the H5 include a 14-inch screen and a 65 Wh battery.",
    "The interview with Rautio, in which she spoke of 240 new jobs, was broadcast on Sunday.",
    "Questions remain: who will pay the €84 million?",
    "Poll: 54% of engineers would move to Vaasa.",
    "Your browser of choice will run on it, Halden says, for 19 hours.",
    "Join forces with Lumo and you get 31% of the market, said Rautio.",
]


@pytest.mark.parametrize("line", CLUTTER)
def test_clutter_after_a_story_is_skipped(line: str) -> None:
    assert without_boilerplate("\n\n".join([*STORY, line])).strip() == "\n\n".join(STORY)


@pytest.mark.parametrize("line", BODY)
def test_lines_that_look_like_clutter_stay(line: str) -> None:
    for text in ("\n\n".join([*STORY[:2], line, STORY[2]]), "\n\n".join([*STORY, line])):
        spans = boilerplate_spans(text)
        assert [text[start:end] for start, end in spans] == []


def wrapped(text: str, width: int) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


@pytest.mark.parametrize("width", [48, 64, 72, 80])
@pytest.mark.parametrize(
    "notice",
    [
        "We and our 814 partners store information on a device and process personal data, so that you see what you like to see.",
        "This article was updated on 4 May to correct the number of people that the company has hired in Tampere since January.",
        "(Reporting by Pia Lehto in Tampere and Jon Beck in Sydney; additional reporting by Anna Holm; editing by Ida Lund)",
        "Sign up for the Morning Light, our free newsletter on photonics, and get it delivered to your inbox every working day.",
    ],
)
def test_a_notice_is_seen_whole_where_its_lines_are_wrapped(notice: str, width: int) -> None:
    story = "\n\n".join(wrapped(paragraph, width) for paragraph in STORY)
    assert boilerplate_spans(story) == []
    assert without_boilerplate(f"{story}\n\n{wrapped(notice, width)}\n").strip() == story


@pytest.mark.parametrize("piece", ["Teilen ", "#a ", "评论 ", "Jobs board: ", "We ", "1 like ", "* ", "_a ", "Older reviews: | "])
def test_monotony_is_read_in_passing(piece: str) -> None:
    for text in (piece * 4_000, (piece * 20 + "\n") * 2_000):
        assert all(start < end <= len(text) for start, end in boilerplate_spans(text))

"""Pages and fragments of pages, written for the purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.errors import DocumentError
from flows.read import read
from storage.model import Article, ArticleState, Entry

FIRST = (
    "Northwind Systems said on Monday that its revenue rose 12 percent to $3.4 billion in the second quarter, helped"
    " by demand for"
    " liquid-cooled servers and a weaker yen."
)
SECOND = (
    "The company, which employs 12,400 people, will open a plant in Gdansk in March 2027, its chief executive Ines Falk"
    " told reporters in Copenhagen."
)
THIRD = (
    "Analysts had been less hopeful, since memory has become dearer by a third within a year, but Falk said long contracts help."
)

PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Northwind gains | Fjord</title>{{head}}
<script>var x = "<p>not text</p>";</script><style>p {{{{ color: red }}}}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/chips">Chips</a></li><li>About</li></ul></nav>
<div class="cookie-banner"><p>We use cookies. Accept all or manage your preferences.</p></div>
<article><h1>Northwind gains as servers sell</h1><p>{FIRST}</p><p>{SECOND}</p>
<ul><li>Revenue: $3.4 billion</li><li>Staff: 12,400</li></ul>
<p onclick="alert(1)">{THIRD}</p></article>
<aside class="related"><h3>Related</h3><ul><li><a href="/2">Kestrel buys rival for $2 billion</a></li></ul></aside>
<section id="comments"><h3>2 comments</h3><p>jo77: They will go bust by 2027, mark my words.</p></section>
<footer><p>© 2026 Fjord Media. All rights reserved.</p></footer></body></html>"""


def page(markup: str, now: datetime, **fields: object) -> Article:
    entry = Entry(source="fjord", url="https://fjord.example/1", body=markup, media_type="text/html")
    return read(replace(entry, **fields), now=now)


def test_a_page_gives_its_article_and_nothing_around_it(now: datetime) -> None:
    article = page(PAGE.format(head=""), now)
    assert all(part in article.text for part in (FIRST, SECOND, THIRD, "Revenue: $3.4 billion"))
    for alien in ("Home", "cookies", "Kestrel", "jo77", "rights reserved", "not text", "color", "<", "alert"):
        assert alien not in article.text
    assert (article.state, article.language, article.title) == (ArticleState.READ, "en", "Northwind gains as servers sell")


@pytest.mark.parametrize(
    ("head", "instant", "day"),
    [
        (
            '<meta property="article:published_time" content="2026-05-04T22:30:00-04:00">',
            datetime(2026, 5, 5, 2, 30, tzinfo=UTC),
            4,
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"datePublished":"2026-05-04T09:00:00Z"}]}</script>',
            datetime(2026, 5, 4, 9, tzinfo=UTC),
            4,
        ),
        ('<meta name="date" content="2026-05-04">', datetime(2026, 5, 4, tzinfo=UTC), 4),
        ('<meta property="article:published_time" content="soon"><meta name="dc.date" content="2026-05-04">', None, None),
        ('<script type="application/ld+json">{broken "datePublished"</script>', None, None),
    ],
)
def test_the_date_is_the_pages_where_the_entry_has_none(
    now: datetime, head: str, instant: datetime | None, day: int | None
) -> None:
    article = page(PAGE.format(head=head), now)
    if instant is not None:
        assert (article.published, article.published_on) == (instant, date(2026, 5, day))
    told = datetime(2026, 4, 1, 8, tzinfo=UTC)
    assert page(PAGE.format(head=head), now, published=told).published == told


def test_a_date_to_come_is_not_believed(now: datetime) -> None:
    article = page(PAGE.format(head='<meta property="article:published_time" content="2031-01-01T00:00:00Z">'), now)
    assert article.published is None or article.published <= now


def test_title_language_and_author_of_the_entry_go_first(now: datetime) -> None:
    head = '<meta property="og:title" content="From the page"><meta name="author" content="Page Writer">'
    told = page(PAGE.format(head=head), now, title="From the feed", language="de", author="Feed Writer")
    asked = page(PAGE.format(head=head), now)
    assert (told.title, told.language, told.author) == ("From the feed", "de", "Feed Writer")
    assert (asked.title, asked.language, asked.author) == ("From the page", "en", "Page Writer")


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Just a moment...</h1><p>Checking your browser before access. Please enable JavaScript to continue.</p>",
        "<h1>Before you continue</h1><p>We and our 214 partners use cookies to personalise ads and content.</p>",
        "<p>Subscribe to continue reading. Already a subscriber? Log in to read this and every other article of ours.</p>",
        "<div id='root'></div><script src='/app.js'></script>",
        "<h1>404</h1><p>Page not found. The page you are looking for has been moved or does not exist any more.</p>",
    ],
)
def test_what_stands_before_an_article_is_blocked_and_never_a_text(now: datetime, body: str) -> None:
    article = page(
        f"<!doctype html><html><head><title>Fjord</title></head><body>{body}</body></html>", now, title="Northwind gains"
    )
    assert (article.state, article.text, article.fingerprint) == (ArticleState.BLOCKED, "", b"")
    assert article.title == "Northwind gains"


def test_an_article_about_cookies_is_an_article(now: datetime) -> None:
    story = "<p>Regulators told publishers to stop asking readers to accept all cookies before they can continue.</p>" * 2
    body = f"<article><h1>Cookies</h1>{story}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    markup = f"<!doctype html><html><body>{body}</body></html>"
    assert page(markup, now).state is ArticleState.READ


def test_a_small_page_by_hand_is_read(now: datetime) -> None:
    article = page("<html><body><p>Lenovo said it had shipped eleven thousand racks.</p></body></html>", now)
    assert article.text == "Lenovo said it had shipped eleven thousand racks."


def test_a_feeds_fragment_becomes_lines(now: datetime) -> None:
    markup = (
        "<p>One &amp; <b>two</b>\n three</p><script>alert(1)</script><ul><li>first</li><li><a"
        " href='javascript:x'>second</a></li></ul>"
        "A<br>B<table><tr><td>Lenovo</td><td>16.4</td></tr></table><form>Subscribe!</form><svg><text>no</text></svg>tail"
    )
    assert page(markup, now).text == "One & two three\n- first\n- second\nA\nB\nLenovo 16.4\ntail"


def test_an_entry_that_is_a_headline_has_its_headline_for_a_text(now: datetime) -> None:
    assert page("", now, title="Lenovo buys Frostline").text == "Lenovo buys Frostline"
    assert page("<img src=x>", now, title="Lenovo buys Frostline").text == "Lenovo buys Frostline"
    with pytest.raises(DocumentError, match="no text"):
        page("<img src=x>", now)


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 5000 + "deep</div>", "<p>&#0;&#1;x</p>", "<html><body>" + "<b>" * 3000 + "x", "<!-- <p>x", "\x00<p>x"],
)
def test_hostile_markup_ends_in_an_article_or_one_error(now: datetime, markup: str) -> None:
    try:
        article = page(markup, now, title="T")
    except DocumentError:
        return
    assert not set(article.text) & {"\x00", "\x01", "<"}

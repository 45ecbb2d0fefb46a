"""The four formats say the same things, safely."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html

from flows.digest.clean import clean, link
from flows.digest.document import Cite, Document
from flows.digest.json import from_json, to_json
from flows.digest.markdown import escape
from flows.digest.numbers import Numbers
from flows.digest.profile import Profile
from flows.digest.render import FORMATS, render
from flows.digest.rows import rows
from flows.digest.text import WIDTH, columns, wrap


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _plain(document: Document, format: str) -> str:
    """A rendering reduced to what a reader sees, without blanks."""
    text = render(document, format)
    if format == "html":
        text = lxml_html.document_fromstring(text).text_content()
    if format == "md":
        text = re.sub(r"^\s*> ", "", text.replace("**", ""), flags=re.MULTILINE)
        text = re.sub(r"\\([^\w\s])", r"\1", text)
    if format == "txt":
        text = re.sub(r"^\s*\| ", "", text, flags=re.MULTILINE)
    if format == "json":
        text = json.dumps(json.loads(text), ensure_ascii=False).replace('\\"', '"')
    return _squeezed(text)


def _cites(document: Document) -> Iterator[Cite]:
    for section in document.sections:
        for row in rows(section.changes):
            yield from row.cites
            for side in row.sides:
                yield from side.sources


def _facts_told(document: Document) -> Iterator[str]:
    """Every string that each rendering must hold."""
    yield from (document.heading, document.subheading, *document.summary)
    for section in document.sections:
        yield section.name
        for item in section.changes:
            yield from (item.label, item.value, *item.notes, item.fact[:8])
            yield from (side.value for side in item.sides)
            if item.says:
                yield item.says
    for cite in _cites(document):
        yield from (cite.source, cite.date, cite.quote, cite.title)
        if cite.url:
            yield cite.url
    for line in document.articles:
        yield from (line.title, line.source, *line.detail)
    for health in document.source_health:
        yield from (health.title, health.state, health.detail)


@pytest.mark.parametrize("which", ["news", "baseline"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_everything(which: str, format: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(which)
    page = _plain(document, format)
    source = _squeezed(render(document, format).replace("&amp;", "&"))
    missing = [said for said in _facts_told(document) if _squeezed(said) not in page and _squeezed(said) not in source]
    assert missing == []


def test_json_has_the_promised_form(news: Document) -> None:
    data: dict[str, Any] = json.loads(render(news, "json"))
    assert data["window"] == {"after_seq": 5, "upto_seq": 35, "from": "2026-01-07T07:00:00Z", "to": "2026-01-08T07:00:00Z"}
    assert data["profile"] == "default"
    assert {"counts", "articles", "source_health"} <= data.keys()
    changes = [change for section in data["sections"] for change in section["changes"]]
    assert all(section["entity"] for section in data["sections"])
    assert all({"seq", "kind", "fact", "sentence"} <= change.keys() for change in changes)
    dispute = next(change for change in changes if change["kind"] == "disputed")
    assert [side["value"] for side in dispute["sides"]] == ["98%", "100%"]
    assert all(side["sources"][0]["quote"] for side in dispute["sides"])


@pytest.mark.parametrize("which", ["news", "baseline"])
def test_a_bound_document_comes_back_as_it_was(which: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(which)
    again = from_json(json.loads(json.dumps(to_json(document))))
    assert again == document
    assert all(render(again, format) == render(document, format) for format in FORMATS)


def test_rendering_twice_gives_the_same_bytes(told: Any) -> None:
    for format in FORMATS:
        assert render(told.document(after=5), format) == render(told.document(after=5), format)


# -- HTML ---------------------------------------------------------------------------------------------


def _page(document: Document) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render(document, "html"))


def _assert_harmless(page: lxml_html.HtmlElement) -> None:
    assert not page.xpath("//script|//iframe|//object|//embed|//form|//img|//link|//svg|//base")
    for element in page.iter(etree.Element):
        for name, value in element.attrib.items():
            assert not str(name).lower().startswith("on"), (element.tag, name)
            assert name not in {"src", "srcset", "background", "action", "formaction"}
            assert "javascript:" not in str(value).lower()
            if name == "href":
                assert str(value).startswith(("http://", "https://"))
            if name == "style":
                assert "url(" not in str(value).lower()
    assert not any("url(" in (style.text or "").lower() or "@import" in (style.text or "") for style in page.xpath("//style"))


@pytest.mark.parametrize("which", ["news", "baseline"])
def test_html_is_well_formed_and_fetches_nothing(which: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(which)
    text = render(document, "html")
    parser = etree.HTMLParser(recover=False)
    etree.fromstring(text.encode(), parser)
    # libxml2 knows the elements of HTML 4 only, and says so of each newer one.
    assert [error.message for error in parser.error_log if "Tag" not in error.message] == []
    page = _page(document)
    _assert_harmless(page)
    assert {a.get("href") for a in page.iter("a")} <= {cite.url for cite in _cites(document)} | {
        line.url for line in document.articles
    }


@pytest.mark.parametrize("which", ["news", "baseline"])
def test_headings_descend_one_step_at_a_time(which: str, request: pytest.FixtureRequest) -> None:
    levels = [int(element.tag[1]) for element in _page(request.getfixturevalue(which)).xpath("//h1|//h2|//h3|//h4|//h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_styles_are_inlined_and_dark_mode_is_kept(news: Document) -> None:
    page = _page(news)
    assert "font-size" in page.xpath("//h1")[0].get("style")
    kept = "".join(style.text for style in page.xpath("//style"))
    assert "prefers-color-scheme: dark" in kept
    assert page.xpath("//table[@width='600']")


def test_each_sentence_has_its_quote_behind_it(news: Document) -> None:
    page = _page(news)
    quotes = [element.text_content() for element in page.xpath("//blockquote")]
    assert quotes == [cite.quote for cite in _cites(news)]
    # A dispute shows both of its sentences without a click.
    assert len(page.xpath("//div[contains(@class, 'dispute')]//blockquote[not(ancestor::details)]")) == 2


# -- text and Markdown --------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["news", "baseline"])
def test_text_keeps_to_its_columns(which: str, request: pytest.FixtureRequest) -> None:
    text = render(request.getfixturevalue(which), "txt")
    assert all(columns(line) <= WIDTH or "://" in line for line in text.splitlines())
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_wrapping_counts_wide_characters_twice_and_breaks_between_them() -> None:
    lines = wrap("联想集团发布人工智能云超级工厂" * 8, "* ")
    assert len(lines) > 1
    assert all(columns(line) <= WIDTH for line in lines)
    assert "".join(line.strip("* ") for line in lines) == "联想集团发布人工智能云超级工厂" * 8


def test_wrapping_breaks_a_word_that_is_longer_than_a_line_but_no_address() -> None:
    assert all(columns(line) <= WIDTH for line in wrap("x" * 300, "  "))
    assert "  https://example.com/" + "x" * 300 in wrap("https://example.com/" + "x" * 300, "  ")


# -- hostile text -------------------------------------------------------------------------------------

NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</details></style><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "# heading\n- item\n> quote\n```code```",
    "price \u202etxt.exe\u202c and \u2066isolate\u2069",
    "nul \x00 bell \x07 escape \x1b[31mred\x1b[0m",
    "lone \ud800 surrogate \U000e0041 tag",
    "| a | b |\n|---|---|",
    "&lt;b&gt; &amp; <b>",
    "www.evil.example https://evil.example <https://evil.example>",
    "'\"`--><!-- ]]>",
)


def _told_with(story: Any, text: str) -> Document:
    """A digest in which every string from outside is `text`."""
    article = story.article("https://example.com/a", text, "wire", None)
    other = story.article(text, text, text or "x", None)
    entity = text or "thing"
    for source in (article, other):
        story.new(source, text, entity, text or "p", None, object=entity, qualifiers={text or "q": text}, says=entity)
    story.ledger("article_edited", article=other.id, detail=text)
    return story.document(after=1)


@pytest.mark.parametrize("text", NASTY)
def test_nothing_from_outside_becomes_markup(story: Any, text: str) -> None:
    document = _told_with(story, text)
    _assert_harmless(_page(document))
    for format in FORMATS:
        rendered = render(document, format)
        rendered.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", rendered)
    markdown = render(document, "md")
    assert not re.search(r"(?<!\\)\]\((?!<https?://)", markdown)
    assert not re.search(r"(?<!\\)<(?!https?://example\.com/a>)", markdown)
    assert "{{ 7" not in text or "49" not in _plain(document, "html")


def test_naughty_strings_survive_everywhere(story: Any, shared: Path) -> None:
    strings = json.loads((shared / "corpora" / "naughty-strings.json").read_text(encoding="utf-8"))
    assert len(strings) > 500
    for number, text in enumerate(strings):
        article = story.article(f"https://example.com/{number}", text, "wire", None)
        story.new(article, text, "lenovo", "statement", None, qualifiers={"text": f"{number} {text}"})
    document = story.document(after=1, profile=Profile(rows=10_000, articles=10_000))
    page = _page(document)
    _assert_harmless(page)
    shown = {_squeezed(element.text_content()) for element in page.xpath("//blockquote")}
    assert {_squeezed(clean(text, 700)) for text in strings} <= shown
    for format in FORMATS:
        render(document, format).encode("utf-8")
    assert len(document.articles) == len(strings) - 1  # the first stands before the window


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@example.com/",
        "https://lenovo.com@evil.example/",
        "https://example.com/a b",
        "https://example.com/\u202egpj",
        'https://example.com/"onclick=',
        "https://example.com/<b>",
        "http://[::1",
        "https://example.com:port/",
        "//example.com/",
        "",
    ],
)
def test_links_that_are_none(url: str) -> None:
    assert link(url) is None


def test_links_that_are_some() -> None:
    assert link("https://example.com/a?b=1&c=2#d") == "https://example.com/a?b=1&c=2#d"
    assert link("HTTPS://example.com/%E8%81%94") == "HTTPS://example.com/%E8%81%94"
    assert link("https://example.com/联想(1)") == "https://example.com/%E8%81%94%E6%83%B3%281%29"


def test_markdown_escapes_leave_plain_words_alone() -> None:
    assert escape("Net profit, FY2025/26: $846 million (was: over 40%)") == "Net profit, FY2025/26: $846 million (was: over 40%)"
    assert escape("*a* _b_ [c](d) <e> `f` #g") == r"\*a\* \_b\_ \[c\](d) \<e\> \`f\` \#g"
    assert escape("1. first") == r"1\. first"
    assert escape("- item") == r"\- item"
    assert escape("https://a.example www.b.example") == r"https\://a.example www\.b.example"


def test_cleaning_cuts_at_a_word() -> None:
    assert clean("a" * 10) == "a" * 10
    cut = clean("word " * 200, 100)
    assert len(cut) <= 104
    assert cut.endswith("word […]")


def test_numbers_follow_the_profile_s_language() -> None:
    assert Numbers("de").plain(Decimal("11000.5")) == "11.000,5"

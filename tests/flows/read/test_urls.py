from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.read.urls import canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example.COM:443/A/b", "https://news.example.com/A/b"),
        ("http://news.example.com:80", "http://news.example.com/"),
        ("http://news.example.com:8080/x", "http://news.example.com:8080/x"),
        ("https://a.example/x?utm_source=rss&id=7&fbclid=z#comments", "https://a.example/x?id=7"),
        ("https://a.example/x?utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?b=2&a=1&b=3", "https://a.example/x?b=2&a=1&b=3"),
        ("https://a.example/x?ref=home&page=2", "https://a.example/x?ref=home&page=2"),
        ("https://user:secret@a.example/x", "https://a.example/x"),
        ("https://bücher.example/straße?q=ü", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%BC"),
        ("https://a.example./x", "https://a.example/x"),
        ("https://a.example/a b%20c", "https://a.example/a%20b%20c"),
        (" https://a.example/x\n", "https://a.example/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("file:///home/me/note.txt#3", "file:///home/me/note.txt#3"),
        ("seed:000", "seed:000"),
        ("urn:deltawire:wire:abc", "urn:deltawire:wire:abc"),
    ],
)
def test_one_spelling(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url", ["", "  ", "http://", "https:///path", "http://a b/", "http://a:port/", "http://[::1", "https://" + "a" * 3000]
)
def test_no_address(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical_url(url)


part = st.text("abAB/?&=#%~ü .", max_size=12)


@given(part, part)
def test_canonical_is_canonical_and_keeps_what_tells_articles_apart(path: str, query: str) -> None:
    url = f"https://Example.com/{path.replace('?', '').replace('#', '')}?q={query.replace('#', '')}"
    once = canonical_url(url)
    assert canonical_url(once) == once
    other = canonical_url(url.replace("?q=", "-other?q="))
    assert other != once

"""Read: entries become articles.

In: an `Entry` of the collect station: a page, a feed's fragment, a text. Out: an `Article` with
the text that evidence offsets count in. Fails with `DocumentError` for that entry alone; pages
that show a wall instead of an article come back as blocked.
"""

from flows.read.article import read
from flows.read.relevance import Match, wanted

__all__ = ["Match", "read", "wanted"]

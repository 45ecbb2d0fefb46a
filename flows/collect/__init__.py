"""Collect: sources are polled, documents are picked up; both become entries.

In: `Source`s with what is remembered of them, or paths. Out: `Entry`s, raw and untrusted. One bad
feed is a `SourceError` on that source, one bad file a `DocumentError` of its own; the others go on.
"""

from flows.collect.documents import documents
from flows.collect.options import FetchOptions
from flows.collect.polling import Collected, collect, due

__all__ = ["Collected", "FetchOptions", "collect", "documents", "due"]

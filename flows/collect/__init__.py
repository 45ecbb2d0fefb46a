"""Collect: sources are polled, documents are picked up; both become entries.

In: `Source`s with what is remembered of them, or paths. Out: `Entry`s, raw and untrusted. One bad
feed is a `SourceError` on that source, one bad file a `DocumentError` of its own; the others go on.
"""

"""The extract station: from an article's clean text to its claims, each with verbatim evidence.

In goes an `Article` (and `now`); out comes an `Extraction`: claims, when the world said them, and a
trace of what fired and what was dropped. Nothing in a text can make it fail: what cannot be read
yields no claim. The stages are sentences, mentions, clauses, rules and grounding; the catalogue and
the watchlist are the data they run on.
"""

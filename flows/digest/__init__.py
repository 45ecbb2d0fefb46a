"""The digest station: a range of the ledger becomes one document, told in plain sentences.

In: ledger entries since the profile's last digest, with their facts, claims and articles. Out: a
`Document` (`make.make_digest`, pure part `compose.compose`), rendered as HTML, Markdown, text or
JSON by `render.render`. Fails only where storage does; what cannot be read well (a claim that is
gone, a title full of markup) is told without it or harmlessly.
"""

"""Deltawire's stations, in the order the data passes them.

- `collect`: sources are polled; what they offer becomes entries.
- `read`: an entry becomes an article: clean text, date, language, fingerprint.
- `extract`: an article becomes claims, each with its verbatim evidence.
- `reconcile`: claims become facts, and changes of facts in the ledger.
- `digest`: a range of the ledger becomes one document, rendered as HTML, Markdown, text and JSON.
- `deliver`: the document reaches its readers: files, mail, chat.

`track`, `publish` and `backfill` string the stations together as Prefect flows and are the only
modules that import Prefect; `cli` is the command line; `settings` alone reads the environment.
"""

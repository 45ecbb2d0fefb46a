"""Deltawire's stations, in the order the data passes them.

- `collect`: sources are polled; what they offer becomes entries.
- `read`: an entry becomes an article: clean text, date, language, fingerprint.
- `extract`: an article becomes claims, each with its verbatim evidence.
- `reconcile`: claims become facts, and changes of facts in the ledger.
- `digest`: a range of the ledger becomes one document, rendered as HTML, Markdown, text and JSON.
- `deliver`: the document reaches its readers: files, mail, chat.

Around them:

- `track` and `publish` string the stations together as Prefect flows and alone import Prefect;
  `prefect_server` starts a server of one's own for a run, out of sight.
- `intake`, `pipeline` and `publishing` are the same steps as plain functions over the database, which
  the flows, `ingest` and the tests share; `schedule` says what is due, `account` what was done.
- `newsroom` opens a home (`workspace`: its files; `lock`: one run at a time), `cli` is the command
  line, `export` the JSON of facts and changes, `settings` alone reads the environment and the clock.
"""

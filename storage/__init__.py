"""Storage: the vocabulary (`model`) and the tables behind it.

`model` holds the frozen types every station speaks; `tables` says how they are kept; `database`
opens a database, brings its schema up to date and hands out transactions; one module per noun
holds plain functions `f(session, …)` that take and return `model` types. No row, table or
statement leaves this folder.
"""

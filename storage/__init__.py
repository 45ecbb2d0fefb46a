"""Storage: the vocabulary (`model`) and the tables behind it.

`model` holds the frozen types every station speaks; `tables` maps them; `database` opens an
engine and brings its schema up to date; one module per noun holds plain functions
`f(session, …)` that take and return `model` types. No ORM object leaves this folder.
"""

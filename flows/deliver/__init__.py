"""The deliver station: a document reaches its readers.

In: a `Document`. Out: files below the home (`files.write_digest`), written so that a reader never
sees half of one. Fails with a `DeltawireError` that names the path.
"""

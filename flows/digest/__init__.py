"""The digest station."""

"""The collect station."""

"""The read station."""

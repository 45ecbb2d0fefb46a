"""The extract station."""

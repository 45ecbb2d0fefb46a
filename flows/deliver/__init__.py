"""The deliver station."""

"""The reconcile station."""

"""How the network may be used."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """The limits every request keeps. Settings fill them in; the defaults are those of the settings.

    `contact` is a mail address or page that goes with every request. `allow_private_hosts` are the
    hosts (names or addresses, lower case) that may be reached at a private address. `timeout_s` is
    the wall-clock time one fetch may take, redirects and body included. `max_bytes` counts after
    decompression.
    """

    contact: str = ""
    user_agent: str = "Deltawire/0.1"
    allow_private_hosts: frozenset[str] = frozenset()
    timeout_s: float = 20.0
    max_bytes: int = 10_000_000
    max_connections: int = 20
    proxy: str | None = field(default=None, repr=False)  # may hold a password

    @property
    def agent(self) -> str:
        """The User-Agent header: who asks, and whom to turn to."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent

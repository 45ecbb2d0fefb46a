"""Canonical URLs: one spelling for one article, and never one spelling for two."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from flows.collect.characters import one_line

_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|custom\d|link_\w+)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid"
    r"|igshid|mc_cid|mc_eid|_hsenc|_hsmi|hsctatracking|mkt_tok|ml_subscriber(?:_hash)?|oly_(?:anon|enc)_id|vero_(?:id|conv)"
    r"|guccounter|guce_referrer(?:_sig)?|cmpid|ncid|ocid|wt_mc|__twitter_impression|_ga|_gl)",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_LIMIT = 2_000
"""Longer addresses are cut by no one we know; the limit only keeps hostile ones out of indexes."""


def canonical_url(url: str) -> str:
    """The one spelling of `url` that identifies an article.

    For http and https: scheme and host in lower case (international names as ASCII), default port,
    credentials, fragment and known tracking parameters dropped, other parameters kept in their
    order, characters outside ASCII percent-encoded. Anything else (`file:` URIs, opaque ids given
    by hand) stays as it is. ValueError where an http address has no usable host.
    """
    url = one_line(url, _LIMIT * 10)
    if not url or len(url) > _LIMIT:
        raise ValueError("no address" if not url else f"an address of {len(url)} characters")
    scheme, colon, _ = url.partition(":")
    if not colon or scheme.lower() not in _PORTS:
        return url
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = _host(parts.hostname or "")
    port = parts.port  # ValueError where it is no number
    where = host if port in {None, _PORTS[scheme]} else f"{host}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0]))
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._|[]") or "/"
    return urlunsplit((scheme, where, path, quote(query, safe="/%:@!$&'()*+,;=~-._|[]?"), ""))


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    if not host or any(character in host for character in " <>\"'\\^`{}"):
        raise ValueError("an address without a host")
    if ":" in host:
        return f"[{host}]"
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError("an address without a usable host") from error

"""Whom a text credits: the news agency it was taken from, where it says so.

Only what says that the text itself comes from an agency counts: a byline, a dateline, a credit
line, a copyright line. A mention in passing ("Reuters reported in May") is no credit.
"""

from __future__ import annotations

import re

from flows.read.names import Names

AGENCIES = {
    "reuters": ("Reuters", "Thomson Reuters", "路透社", "路透", "ロイター", "로이터"),
    "associated-press": ("Associated Press", "The Associated Press", "AP", "AP News", "美联社"),
    "afp": ("Agence France-Presse", "Agence France Presse", "AFP", "法新社"),
    "bloomberg": ("Bloomberg", "Bloomberg News", "彭博", "彭博社"),
    "dpa": ("dpa", "dpa-AFX", "Deutsche Presse-Agentur"),
    "xinhua": ("Xinhua", "Xinhua News Agency", "新华社", "新華社"),
    "kyodo": ("Kyodo", "Kyodo News", "共同社", "共同通信"),
    "yonhap": ("Yonhap", "Yonhap News Agency", "韩联社", "연합뉴스"),
    "efe": ("EFE", "Agencia EFE"),
    "ansa": ("ANSA", "Agenzia ANSA"),
    "pti": ("PTI", "Press Trust of India"),
    "ians": ("IANS", "Indo-Asian News Service"),
    "ani": ("ANI", "Asian News International"),
    "pa-media": ("PA Media", "Press Association"),
    "canadian-press": ("The Canadian Press", "Canadian Press"),
    "dow-jones": ("Dow Jones Newswires", "Dow Jones"),
    "cna": ("中央社", "Central News Agency"),
}
"""Agencies whose texts others print, by the key that counts as their publisher, with the names they go by.
Services that only distribute what companies write are none: the companies speak."""

_KEY_OF = {name.casefold(): key for key, names in AGENCIES.items() for name in names}
_NAME = "|".join(sorted((re.escape(name) for names in AGENCIES.values() for name in names), key=len, reverse=True))
_NAMES = Names([(key, name) for key, names in AGENCIES.items() for name in names])

_EDGE = 400
"""Characters at either end of a text among which a credit stands."""

_LINE = re.compile(
    rf"""^[\W_]*(?:
        (?:by|from|via|source|sources|credit|agency|text|quelle|von|fuente|por|fonte|par|来源|來源|出典)\s*[::]?\s*
            (?:the\s+)?(?P<by>{_NAME})(?:\s+(?:staff|writers?|reporters?|news\s+agency))?
      | (?P<alone>{_NAME})(?:\s+(?:staff|news\s+agency))?
      | .{{0,80}}?(?:©|\(c\)|copyright)\s*(?:\d{{4}}\s*)?(?:the\s+)?(?P<rights>{_NAME})\b.*
    )[\W_]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_DATELINE = re.compile(rf"^.{{0,60}}?[((]\s*(?P<name>{_NAME})\s*[))]\s*(?:[-–—:]|$)", re.IGNORECASE)
_TRAILING = re.compile(
    rf"(?:^|[\s.。])[((\[]\s*(?:via|source:?|with\s+inputs?\s+from|来源[::]?)?\s*(?P<name>{_NAME})\s*[))\]]\W*$", re.IGNORECASE
)
_VIA = re.compile(rf"^(?:.{{0,80}}\bvia|.{{0,80}},)\s+(?P<name>{_NAME})$", re.IGNORECASE)


def credit(text: str, author: str | None = None) -> str | None:
    """The key of the agency that an article credits: in its author's line, or at the beginning or end of its text.

    None where it credits none, as most do. Where several are credited, the first named.
    """
    if author and (found := _of_author(author)):
        return found
    if not _NAMES.find(text[:_EDGE]) and not _NAMES.find(text[-_EDGE:]):
        return None
    head = [line.strip() for line in text[:_EDGE].split("\n") if line.strip()]
    tail = [line.strip() for line in text[-_EDGE:].split("\n") if line.strip()] if len(text) > _EDGE else []
    for line in (*head[:6], *tail[-4:]):
        for pattern in (_LINE, _DATELINE, _TRAILING):
            if match := pattern.search(line):
                return _KEY_OF[next(name for name in match.groups() if name).casefold()]
    return None


def _of_author(author: str) -> str | None:
    line = author.strip()[:_EDGE]
    match = _LINE.search(line) or _VIA.search(line)
    return _KEY_OF[next(name for name in match.groups() if name).casefold()] if match else None

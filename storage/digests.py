"""Digests that were made, and the outbox: who is to get which, once."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import RowMapping, Select, select, update

from storage.bulk import upsert
from storage.columns import refuse_unstorable
from storage.database import Session
from storage.model import Delivery, Digest, Window
from storage.tables import deliveries, digests


def last_digest(s: Session, profile: str) -> Digest | None:
    """The profile's digest that reached furthest into the ledger: the next one begins where it ended.

    Read it and save the next one in the same write transaction, so that two processes at once
    cannot tell the same changes twice.
    """
    row = s.execute(_of_profile(profile).limit(1)).mappings().first()
    return None if row is None else _digest(row)


def save_digest(s: Session, digest: Digest) -> bool:
    """Keep a digest with what it told; False where it is kept already (then nothing changes)."""
    if s.execute(select(digests.c.id).where(digests.c.id == digest.id)).scalar() is not None:
        return False
    refuse_unstorable(f"digest {digest.id}", digest.document)
    row = {
        "id": digest.id,
        "profile": digest.profile,
        "after_seq": digest.window.after_seq,
        "upto_seq": digest.window.upto_seq,
        "window_start": digest.window.start,
        "window_end": digest.window.end,
        "created_at": digest.created_at,
        "document": dict(digest.document),
    }
    upsert(s, digests, [row], update=())
    return True


def get_digest(s: Session, digest_id: str) -> Digest | None:
    """The digest of that id."""
    row = s.execute(select(digests).where(digests.c.id == digest_id)).mappings().first()
    return None if row is None else _digest(row)


def list_digests(s: Session, profile: str, limit: int | None = None) -> list[Digest]:
    """The profile's digests, the last first."""
    return [_digest(row) for row in s.execute(_of_profile(profile).limit(limit)).mappings()]


def queue_delivery(s: Session, digest_id: str, recipient: str, channel: str, at: datetime) -> bool:
    """Put a digest into the outbox for `recipient`; False where it is or was there already."""
    key = (deliveries.c.digest == digest_id, deliveries.c.recipient == recipient)
    if s.execute(select(deliveries.c.digest).where(*key)).scalar() is not None:
        return False
    delivery = Delivery(digest=digest_id, recipient=recipient, channel=channel, queued_at=at)
    row = asdict(delivery)
    refuse_unstorable(f"delivery to {recipient!r}", row)
    upsert(s, deliveries, [row], update=())
    return True


def mark_delivered(s: Session, digest_id: str, recipient: str, at: datetime) -> None:
    """Note that the recipient's side has accepted it. Call this after that answer, never before."""
    _attempted(s, digest_id, recipient, {"delivered_at": at, "error": None})


def mark_failed(s: Session, digest_id: str, recipient: str, error: str, *, give_up: bool = False) -> None:
    """Note a failed attempt; with `give_up` it is not tried again."""
    words = error.replace("\0", "").encode("utf-8", "replace").decode()
    _attempted(s, digest_id, recipient, {"error": words, "given_up": give_up})


def pending_deliveries(s: Session, limit: int | None = None) -> list[Delivery]:
    """What is neither delivered nor given up, in the order it was queued."""
    query = (
        select(deliveries)
        .where(deliveries.c.delivered_at.is_(None), deliveries.c.given_up.is_(False))
        .order_by(deliveries.c.queued_at, deliveries.c.digest, deliveries.c.recipient)
        .limit(limit)
    )
    return [Delivery(**row) for row in s.execute(query).mappings()]


def deliveries_of(s: Session, digest_id: str) -> list[Delivery]:
    """All deliveries of one digest by recipient, delivered and given up ones included."""
    query = select(deliveries).where(deliveries.c.digest == digest_id).order_by(deliveries.c.recipient)
    return [Delivery(**row) for row in s.execute(query).mappings()]


def _attempted(s: Session, digest_id: str, recipient: str, values: dict[str, object]) -> None:
    counted: dict[str, object] = {"attempts": deliveries.c.attempts + 1, **values}
    done = s.execute(
        update(deliveries).where(deliveries.c.digest == digest_id, deliveries.c.recipient == recipient).values(counted)
    )
    if done.rowcount != 1:
        raise LookupError(f"digest {digest_id} was never queued for {recipient}")


def _of_profile(profile: str) -> Select[tuple[object, ...]]:
    order = (digests.c.upto_seq.desc(), digests.c.created_at.desc(), digests.c.id.desc())
    return select(digests).where(digests.c.profile == profile).order_by(*order)


def _digest(row: RowMapping) -> Digest:
    return Digest(
        id=row["id"],
        profile=row["profile"],
        window=Window(after_seq=row["after_seq"], upto_seq=row["upto_seq"], start=row["window_start"], end=row["window_end"]),
        created_at=row["created_at"],
        document=row["document"],
    )

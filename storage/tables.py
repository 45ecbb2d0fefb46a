"""The tables. Only this folder sees them; the migrations create them, and a test holds the two together.

They are plain `Table`s, not mapped classes: nothing here needs an identity map or lazy loading,
bulk statements are what counts, and importing the ORM would cost every command a tenth of a second.

What is ground truth (articles, revisions, claims, verdicts, the ledger) is tied by foreign keys.
Facts are derived and may be rebuilt at any time, so nothing hangs on them by a foreign key.

Two partial unique indexes stand in the first migration alone, since spelling them here would load
PostgreSQL's dialect for everyone: an article has one current revision (`uq_revisions_current`), and
is new once (`uq_changes_article_new`).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
)

from storage.columns import Json, Key, Seq, UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

sources = Table(
    "sources",
    metadata,
    Column("name", Key, primary_key=True),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("every_s", Integer, nullable=False),
    Column("full_text", Text, nullable=False),
    Column("matching", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("tags", Json, nullable=False),
    Column("enabled", Boolean, nullable=False),
)

fetch_states = Table(
    "fetch_states",
    metadata,
    Column("source", Key, ForeignKey("sources.name"), primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("checked_at", UtcDateTime),
    Column("succeeded_at", UtcDateTime),
    Column("status", Integer),
    Column("failures", Integer, nullable=False),
    Column("error", Text),
    Column("retry_at", UtcDateTime),
    Column("entries", Integer, nullable=False),
    Column("new", Integer, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Key, primary_key=True),
    Column("url", Text, nullable=False),  # unique through its hash, the id: a long URL fits no index
    Column("gone_at", UtcDateTime),
)

aliases = Table(  # other names an article goes by: the address an entry gave, a feed's guid
    "aliases",
    metadata,
    Column("key", Key, primary_key=True),
    Column("article", Key, ForeignKey("articles.id"), nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("article", Key, ForeignKey("articles.id"), nullable=False),
    Column("source", Key, ForeignKey("sources.name"), nullable=False),
    Column("publisher", Key, nullable=False),
    Column("authority", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("author", Text),
    Column("published", UtcDateTime),
    Column("published_on", Date),
    Column("updated", UtcDateTime),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("effective_at", UtcDateTime, nullable=False),  # updated, else published, else seen: what orders revisions
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("is_current", Boolean, nullable=False),  # one revision of an article at most
    Column("extracted", Boolean, nullable=False),  # by whichever extractor, and nothing has changed since
    Column("reread", Boolean, nullable=False, server_default=false()),  # extracted again after it had counted
    Column("reconciled_at", UtcDateTime),
    Column("title", Text, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),  # last, so that reading the others never walks through it
    Index("ix_revisions_article", "article"),
    Index("ix_revisions_source", "source"),
    Index("ix_revisions_effective_at", "effective_at"),
    Index("ix_revisions_seen_at", "seen_at"),
    Index("ix_revisions_to_extract", "extracted", "state", "is_current", "id"),
    Index("ix_revisions_to_reconcile", "extracted", "reread", "reconciled_at", "effective_at", "id"),
)

credits = Table(  # the agency a revision's text says it comes from; most come from none
    "credits",
    metadata,
    Column("revision", Key, ForeignKey("revisions.id"), primary_key=True),
    Column("agency", Key, nullable=False),
)

extractions = Table(  # which version of which extractor has read a revision
    "extractions",
    metadata,
    Column("revision", Key, ForeignKey("revisions.id"), primary_key=True),
    Column("extractor", Key, primary_key=True),
    Column("version", Key, nullable=False),
    Index("ix_extractions_version", "extractor", "version"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Key, primary_key=True),
    Column("revision", Key, ForeignKey("revisions.id"), nullable=False),
    Column("article", Key, ForeignKey("articles.id"), nullable=False),
    Column("source", Key, nullable=False),
    Column("publisher", Key, nullable=False),
    Column("authority", Text, nullable=False),
    Column("as_of", UtcDateTime, nullable=False),
    Column("published_estimated", Boolean, nullable=False),
    Column("subject", Key, nullable=False),
    Column("predicate", Key, nullable=False),
    Column("object", Key),
    Column("qualifiers", Json, nullable=False),
    Column("value", Json),
    Column("modality", Text, nullable=False),
    Column("attributed_to", Key),
    Column("quote", Text, nullable=False),
    Column("quote_start", Integer, nullable=False),
    Column("quote_end", Integer, nullable=False),
    Column("context", Json),
    Column("extractor", Key, nullable=False),
    Column("extractor_version", Key, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("observed_at", UtcDateTime, nullable=False),
    Column("fact", Key),  # the slot, once it is assigned
    Column("live", Boolean, nullable=False),  # not retired, and its revision is the article's current one
    Column("retired", Boolean, nullable=False),  # a newer version of its extractor no longer makes it
    Index("ix_claims_revision", "revision"),
    Index("ix_claims_fact", "fact"),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("subject", Key, nullable=False),
    Column("predicate", Key, nullable=False),
    Column("object", Key),
    Column("qualifiers", Json, nullable=False),
    Column("slot", Key, nullable=False),  # the qualifiers as JSON of one spelling, to sort by
    Column("modality", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("promise", Text),
    Column("state", Json, nullable=False),
    Column("superseded", Json, nullable=False),
    Column("independent_sources", Integer, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_changed", UtcDateTime, nullable=False),
    Column("verdict", Text),
    Index("ix_facts_subject", "subject", "predicate"),
    Index("ix_facts_object", "object"),
    Index("ix_facts_promise", "promise"),
    Index("ix_facts_status", "status"),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("observed_at", UtcDateTime, nullable=False),
    Column("as_of", UtcDateTime),
    Column("reason", Text, nullable=False),
    Column("fact", Key),
    Column("article", Key, ForeignKey("articles.id")),
    Column("subject", Key),
    Column("predicate", Key),
    Column("before", Json),
    Column("after", Json),
    Column("because", Json, nullable=False),
    Column("history", Boolean, nullable=False),
    Column("cause", Text, nullable=False, server_default="news"),
    Column("detail", Text),
    Index("ix_changes_fact", "fact"),
    Index("ix_changes_article", "article"),
    Index("ix_changes_observed_at", "observed_at"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("fact", Key, nullable=False),
    Column("act", Text, nullable=False),
    Column("claim", Key, ForeignKey("claims.id")),
    Column("why", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", Text),
    Column("undone_why", Text),
    Index("ix_verdicts_fact", "fact"),
)

digests = Table(
    "digests",
    metadata,
    Column("id", Key, primary_key=True),
    Column("profile", Key, nullable=False),
    Column("after_seq", Seq, nullable=False),
    Column("upto_seq", Seq, nullable=False),
    Column("window_start", UtcDateTime),
    Column("window_end", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("document", Json, nullable=False),
    Index("ix_digests_profile", "profile", "upto_seq"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("digest", Key, ForeignKey("digests.id"), primary_key=True),
    Column("recipient", Key, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("delivered_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("error", Text),
    Column("given_up", Boolean, nullable=False),
    Index("ix_deliveries_delivered_at", "delivered_at"),
)

"""The first schema: articles and their revisions, claims, facts, the ledger, verdicts, digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Create all tables."""
    op.create_table(
        "sources",
        sa.Column("name", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("every_s", sa.Integer(), nullable=False),
        sa.Column("full_text", sa.Text(), nullable=False),
        sa.Column("matching", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sources"),
    )
    op.create_table(
        "fetch_states",
        sa.Column("source", KEY, nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_hash", sa.Text()),
        sa.Column("checked_at", MOMENT),
        sa.Column("succeeded_at", MOMENT),
        sa.Column("status", sa.Integer()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("retry_at", MOMENT),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_fetch_states"),
        sa.ForeignKeyConstraint(["source"], ["sources.name"], name="fk_fetch_states_source"),
    )
    op.create_table(
        "articles",
        sa.Column("id", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("gone_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_table(
        "aliases",
        sa.Column("key", KEY, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_aliases"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_aliases_article"),
    )
    op.create_table(
        "revisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("publisher", KEY, nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.Column("published", MOMENT),
        sa.Column("published_on", sa.Date()),
        sa.Column("updated", MOMENT),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("effective_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("extracted", sa.Boolean(), nullable=False),
        sa.Column("reconciled_at", MOMENT),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_revisions_article"),
        sa.ForeignKeyConstraint(["source"], ["sources.name"], name="fk_revisions_source"),
    )
    op.create_index("ix_revisions_article", "revisions", ["article"])
    op.create_index("ix_revisions_source", "revisions", ["source"])
    op.create_index("ix_revisions_effective_at", "revisions", ["effective_at"])
    op.create_index("ix_revisions_seen_at", "revisions", ["seen_at"])
    op.create_index("ix_revisions_to_extract", "revisions", ["extracted", "state", "is_current", "id"])
    op.create_index("ix_revisions_to_reconcile", "revisions", ["extracted", "reconciled_at", "effective_at", "id"])
    op.create_index(
        "uq_revisions_current",
        "revisions",
        ["article"],
        unique=True,
        sqlite_where=sa.text("is_current = 1"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "extractions",
        sa.Column("revision", KEY, nullable=False),
        sa.Column("extractor", KEY, nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("revision", "extractor", name="pk_extractions"),
        sa.ForeignKeyConstraint(["revision"], ["revisions.id"], name="fk_extractions_revision"),
    )
    op.create_index("ix_extractions_version", "extractions", ["extractor", "version"])
    op.create_table(
        "claims",
        sa.Column("id", KEY, nullable=False),
        sa.Column("revision", KEY, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("publisher", KEY, nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("published_estimated", sa.Boolean(), nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("predicate", KEY, nullable=False),
        sa.Column("object", KEY),
        sa.Column("qualifiers", JSON, nullable=False),
        sa.Column("value", JSON),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("attributed_to", KEY),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("context", JSON),
        sa.Column("extractor", KEY, nullable=False),
        sa.Column("extractor_version", KEY, nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("observed_at", MOMENT, nullable=False),
        sa.Column("fact", KEY),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_claims_article"),
        sa.ForeignKeyConstraint(["revision"], ["revisions.id"], name="fk_claims_revision"),
    )
    op.create_index("ix_claims_fact", "claims", ["fact"])
    op.create_index("ix_claims_revision", "claims", ["revision"])
    op.create_table(
        "facts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("predicate", KEY, nullable=False),
        sa.Column("object", KEY),
        sa.Column("qualifiers", JSON, nullable=False),
        sa.Column("slot", KEY, nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text()),
        sa.Column("state", JSON, nullable=False),
        sa.Column("superseded", JSON, nullable=False),
        sa.Column("independent_sources", sa.Integer(), nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_changed", MOMENT, nullable=False),
        sa.Column("verdict", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_facts"),
    )
    op.create_index("ix_facts_object", "facts", ["object"])
    op.create_index("ix_facts_promise", "facts", ["promise"])
    op.create_index("ix_facts_status", "facts", ["status"])
    op.create_index("ix_facts_subject", "facts", ["subject", "predicate"])
    op.create_table(
        "changes",
        sa.Column("seq", SEQ, nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("observed_at", MOMENT, nullable=False),
        sa.Column("as_of", MOMENT),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fact", KEY),
        sa.Column("article", KEY),
        sa.Column("subject", KEY),
        sa.Column("predicate", KEY),
        sa.Column("before", JSON),
        sa.Column("after", JSON),
        sa.Column("because", JSON, nullable=False),
        sa.Column("history", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.PrimaryKeyConstraint("seq", name="pk_changes"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_changes_article"),
    )
    op.create_index("ix_changes_fact", "changes", ["fact"])
    op.create_index("ix_changes_article", "changes", ["article"])
    op.create_index("ix_changes_observed_at", "changes", ["observed_at"])
    op.create_index(
        "uq_changes_article_new",
        "changes",
        ["article"],
        unique=True,
        sqlite_where=sa.text("kind = 'article_new'"),
        postgresql_where=sa.text("kind = 'article_new'"),
    )
    op.create_table(
        "verdicts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("fact", KEY, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("claim", KEY),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_verdicts_claim"),
    )
    op.create_index("ix_verdicts_fact", "verdicts", ["fact"])
    op.create_table(
        "digests",
        sa.Column("id", KEY, nullable=False),
        sa.Column("profile", KEY, nullable=False),
        sa.Column("after_seq", SEQ, nullable=False),
        sa.Column("upto_seq", SEQ, nullable=False),
        sa.Column("window_start", MOMENT),
        sa.Column("window_end", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
    )
    op.create_index("ix_digests_profile", "digests", ["profile", "upto_seq"])
    op.create_table(
        "deliveries",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("recipient", KEY, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("delivered_at", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "recipient", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["digest"], ["digests.id"], name="fk_deliveries_digest"),
    )
    op.create_index("ix_deliveries_delivered_at", "deliveries", ["delivered_at"])

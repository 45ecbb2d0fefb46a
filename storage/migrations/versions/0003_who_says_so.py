"""Who says so: the agencies that texts credit, and who took a verdict back and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("verdicts", sa.Column("undone_by", sa.Text()))
    op.add_column("verdicts", sa.Column("undone_why", sa.Text()))
    op.create_table(
        "credits",
        sa.Column("revision", KEY, nullable=False),
        sa.Column("agency", KEY, nullable=False),
        sa.PrimaryKeyConstraint("revision", name="pk_credits"),
        sa.ForeignKeyConstraint(["revision"], ["revisions.id"], name="fk_credits_revision"),
    )

"""Why a fact changed: news, or a better reading of what was read before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Revisions remember that they were read again, changes that this is why they came about."""
    op.add_column("changes", sa.Column("cause", sa.Text(), nullable=False, server_default="news"))
    op.add_column("revisions", sa.Column("reread", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index("ix_revisions_to_reconcile", "revisions")
    op.create_index("ix_revisions_to_reconcile", "revisions", ["extracted", "reread", "reconciled_at", "effective_at", "id"])

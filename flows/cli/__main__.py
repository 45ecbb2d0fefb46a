"""`python -m flows.cli` is the console script."""

import sys

from flows.cli import main

sys.exit(main())

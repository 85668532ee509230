"""`python -m mentorlog`."""

import sys

from mentorlog.cli import main

if __name__ == "__main__":
    sys.exit(main())

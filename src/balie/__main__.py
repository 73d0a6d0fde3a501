"""`balie`, the command: see `balie --help`."""

import sys

from balie.config.command_line import main

if __name__ == "__main__":
    sys.exit(main())

"""`python3 -m podlaunch_node`: the same as the installed command."""

import sys

from podlaunch_node.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The command line: a table of verbs (`twin.verbs`), and exit codes for what can go wrong.

Each verb imports what it needs when it runs, so that `twin check` does not wait for VTK nor the window for asyncua.
Exit codes: 0 done, 1 could not be done, 2 wrong usage, 3 this machine lacks something, 4 the layout does not hold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from twin.errors import LayoutError, SetupError, TwinError
from twin.verbs import layouts, recordings, serve, simulate, train, window

_VERBS = (
    "desk",
    "open",
    "serve",
    "train",
    "record",
    "simulate",
    "check",
    "schema",
    "compose",
    "info",
    "export",
    "discover",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(given if set(given) & {*_VERBS, "-h", "--help"} else ["desk", *given])
    try:
        return int(options.run(options) or 0)
    except LayoutError as error:
        print(error, file=sys.stderr)
        return 4
    except SetupError as error:
        print(error, file=sys.stderr)
        return 3
    except TwinError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has gone: `twin export … | head`
        sys.stderr.close()
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="twin", description="A digital twin of a smart home-appliance factory.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for group in (window, serve, train, simulate, layouts, recordings):
        group.add(verbs)
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""Sets up what is missing, then becomes the twin: `python3 installer/run.py [--setup-only] [--] [VERB ...]`.

Without a verb the desk opens. What follows is for `python -m twin`; nothing of it is understood here.
"""

import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    print("The factory twin needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".", file=sys.stderr)
    sys.exit(3)
sys.path[0] = str(Path(__file__).resolve().parents[1])

from installer import SetUpError, environment  # noqa: E402 - only now can it be found, and only from 3.11 read
from installer.prepare import prepare  # noqa: E402


def split(arguments: list[str]) -> tuple[bool, list[str]]:
    """Whether to set up only, and what the twin is told. A first `--` is ours, and so is `--setup-only` before it."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    ours, theirs = arguments[:cut], arguments[cut + 1 :]
    return "--setup-only" in ours, [word for word in ours if word != "--setup-only"] + theirs


def become(command: list[str]) -> None:
    """Replaces this process, so that every signal reaches the twin; where that cannot be done, waits for it."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    sys.exit(subprocess.run(command, check=False).returncode)


def main() -> None:
    """Prepares, then starts."""
    only, arguments = split(sys.argv[1:])
    try:
        prepare([environment.RUN_LOCK], x11_window="DISPLAY" in os.environ)
    except SetUpError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
    except KeyboardInterrupt:
        sys.exit(130)
    if only:
        return
    become([str(environment.program("python")), "-m", "twin", *arguments])


if __name__ == "__main__":
    main()

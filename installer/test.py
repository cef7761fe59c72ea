"""Sets up what is missing, then runs the tests on a screen of their own.

Use: `python3 installer/test.py [--setup-only] [--] [PYTEST ...]`.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.version_info < (3, 11):
    print("The factory twin needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".", file=sys.stderr)
    sys.exit(3)
sys.path[0] = str(Path(__file__).resolve().parents[1])

from installer import ROOT, SetUpError, environment  # noqa: E402 - only now can it be found, and only from 3.11 read
from installer.prepare import prepare  # noqa: E402
from installer.run import split  # noqa: E402


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment for a fresh virtual X screen, which lasts as long as the block."""
    if sys.platform != "linux":
        yield dict(os.environ)
        return
    reads, writes = os.pipe()
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writes], stderr=subprocess.DEVNULL)
    os.close(writes)
    try:
        with os.fdopen(reads) as number:
            display = number.readline().strip()
        if not display:
            raise SetUpError("Xvfb did not start. Try it by hand: Xvfb -displayfd 1")
        environ = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        yield environ | {"DISPLAY": f":{display}"}
    finally:
        server.terminate()
        server.wait()


def run_tests(arguments: list[str]) -> int:
    """Exit status of pytest, run at the root of the checkout."""
    with screen() as environ:
        command = [str(environment.program("python")), "-m", "pytest", *arguments]
        tests = subprocess.Popen(command, cwd=ROOT, env=environ)
        try:
            return tests.wait()
        except KeyboardInterrupt:  # pytest heard it too, and is ending with its summary
            return tests.wait()
        finally:
            tests.terminate()
            tests.wait()


def main() -> None:
    """Prepares with the test tools, then tests."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    only, arguments = split(sys.argv[1:])
    try:
        prepare([environment.RUN_LOCK, environment.TEST_LOCK], x11_window=True, xvfb=True)
        sys.exit(0 if only else run_tests(arguments))
    except SetUpError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

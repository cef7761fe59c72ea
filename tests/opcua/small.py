"""Starting, telling and killing the small server."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PLANT, OTHER = "urn:test:plant", "urn:test:other"
PACKML = "http://opcfoundation.org/UA/PackML/"
URI = "urn:test:server"


class Small:
    """The small server's process."""

    def __init__(self, port: int, uri: str, namespaces: Sequence[str]) -> None:
        script = Path(__file__).with_name("small_server.py")
        self.url = f"opc.tcp://127.0.0.1:{port}/"
        self._process = subprocess.Popen(
            [sys.executable, str(script), str(port), uri, *namespaces],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._expect("serving")

    def tell(self, **command: Any) -> None:
        """Give a command and wait until it is done."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        self._expect("done")

    def kill(self) -> None:
        """End it at once, as `kill -9` does."""
        self._process.kill()
        self._process.communicate()

    def freeze(self) -> None:
        """Let it hang with its sockets open."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def _expect(self, word: str) -> None:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line.strip() == word, f"the small server said {line!r}"


@contextmanager
def small_server(port: int = 0, uri: str = URI, namespaces: Sequence[str] = (PLANT, OTHER, PACKML)) -> Iterator[Small]:
    """A running small server; it is killed at the end."""
    server = Small(port or free_port(), uri, namespaces)
    try:
        yield server
    finally:
        server.kill()


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

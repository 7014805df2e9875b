"""`lianze serve` on a database, eight people asking it at once, and what its processes spend on that."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from lianze.cli.serve import first_free

HOST = "127.0.0.1"
KEY = secrets.token_hex(32)
TOKEN = "b" * 32
CLIENTS = 8
COMMAND = "from lianze.cli import main; main()"


@dataclass(frozen=True)
class Page:
    """What is asked for: `sent` None reads it, else it is sent as a form."""

    name: str
    address: str
    sent: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Server:
    """A running server, and the log-in that everybody uses."""

    process: "subprocess.Popen[bytes]"
    port: int
    session: str

    def ask(self, page: Page, connection: http.client.HTTPConnection) -> float:
        """Milliseconds until the whole answer is there. RuntimeError unless it is a page, or leads on to one."""
        headers = {"Cookie": f"lianze_session={self.session}; csrftoken={TOKEN}"}
        address = quote(page.address, safe="/?&=%.-")
        started = time.perf_counter()
        if page.sent is None:
            connection.request("GET", address, headers=headers)
        else:
            body = urlencode({**page.sent, "csrfmiddlewaretoken": TOKEN})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", address, body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status not in (200, 302) or (answer.getheader("Location") or "").startswith("/login"):
            raise RuntimeError(f"{address}: {answer.status} {answer.getheader('Location')}")
        return (time.perf_counter() - started) * 1000

    def times(self, page: Page, each: int) -> list[float]:
        """Milliseconds of `each` answers to every one of the eight, who all ask at once."""

        def one(_: int) -> list[float]:
            connection = http.client.HTTPConnection(HOST, self.port, timeout=120)
            try:
                return [self.ask(page, connection) for _ in range(each)]
            finally:
                connection.close()

        with ThreadPoolExecutor(CLIENTS) as people:
            return [took for found in people.map(one, range(CLIENTS)) for took in found]


@contextmanager
def served(url: str, session: str) -> Iterator[Server]:
    """`lianze serve` as people start it, on the database of `url`."""
    port = first_free(HOST, 18000 + os.getpid() % 1000)
    with tempfile.TemporaryDirectory(prefix="lianze-bench-") as folder:
        env = {**os.environ, "LIANZE_DATA": folder, "LIANZE_DATABASE_URL": url, "LIANZE_SECRET_KEY": KEY}
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "serve", "--port", str(port)],
            env=env,
            cwd=Path(__file__).parents[1],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for(port, process)
            yield Server(process, port, session)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Returns when somebody listens."""
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def cpu_ms(parent: int) -> float:
    """Milliseconds of processor that a process and its children have spent so far (Linux)."""
    ticks, spent = os.sysconf("SC_CLK_TCK"), 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        if parent in (int(folder.name), int(fields[1])):
            spent += int(fields[11]) + int(fields[12])
    return spent * 1000 / ticks

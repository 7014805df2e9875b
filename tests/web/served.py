"""The live server as tests see it: it can be waited for, and made as slow as a bad day.

`LIANZE_TEST_SLOW_MS=400` has every answer come up to so many milliseconds late, before, within and after its work, and
slows Chromium down (browsing.py): what passes by luck on a quick machine then fails.
"""

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SLOW_MS = int(os.environ.get("LIANZE_TEST_SLOW_MS", "0"))
PATIENCE_SECONDS = 240


def drag() -> None:
    """A pause of its own for each answer; none unless asked for."""
    time.sleep(random.random() * SLOW_MS / 1000)


class Served:
    """The application, and how many requests it is answering now."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.under_way = 0
        self.changed = threading.Condition()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        with self.counted():
            drag()
            answer = self.application(environ, start_response)
            try:
                drag()
                for part in answer:
                    # In halves, as a long page comes over a slow line.
                    half = len(part) // 2 if SLOW_MS else len(part)
                    yield part[:half]
                    if part[half:]:
                        drag()
                        yield part[half:]
            finally:
                if hasattr(answer, "close"):
                    answer.close()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """One request more while it is answered."""
        with self.changed:
            self.under_way += 1
        try:
            yield
        finally:
            with self.changed:
                self.under_way -= 1
                self.changed.notify_all()

    def wait_until_idle(self) -> None:
        """A window that was closed leaves requests behind, which would write into the next test's database."""
        with self.changed:
            assert self.changed.wait_for(lambda: not self.under_way, PATIENCE_SECONDS), "still answering"

"""What goes wrong on command at the servers of storages: refusals, cut connections, answers that get lost, delays."""

import threading
from dataclasses import dataclass


@dataclass
class Fault:
    """A fault for the next requests that it matches.

    kind: `status` refuses; `cutRequest` closes after so many bytes of the body were taken (S3: after the whole body);
    `dropAnswer` does what was asked and closes without an answer; `cutAnswer` closes after so many bytes of the
    answer's body; `delay` waits first. S3 only: `errorInside` answers 200 with an error in it; `redirect` says that
    the bucket lies elsewhere; `pageParts` has at most so many parts (`after`) in one answer to ListParts.
    """

    kind: str
    method: str = ""
    contains: str = ""
    container: str = ""
    header: str = ""
    skip: int = 0
    times: int = 1
    status: int = 503
    code: str = ""
    retryAfter: str = ""
    after: int = 0
    seconds: float = 0
    region: str = ""
    endpoint: str = ""

    def matches(self, method, target, headers):
        return (
            self.method in ("", method) and self.contains in target and self.container in target
            and (not self.header or self.header in headers))


class Faults:
    """The faults that are still to come."""

    def __init__(self):
        self.lock = threading.Lock()
        self.waiting = []

    def add(self, fault):
        with self.lock:
            self.waiting.append(fault)

    def clear(self):
        with self.lock:
            self.waiting.clear()

    def take(self, method, target, headers):
        """The fault of this request, or None."""
        with self.lock:
            for fault in self.waiting:
                if not fault.matches(method, target, headers):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None

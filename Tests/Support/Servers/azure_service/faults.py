"""What goes wrong on command: refusals, cut connections, answers that get lost, delays."""

import threading
from dataclasses import dataclass


@dataclass
class Fault:
    """A fault for the next requests that it matches.

    kind: `status` refuses, `cutRequest` closes after so many bytes of the body were taken, `dropAnswer` does what
    was asked and closes without an answer, `cutAnswer` closes after so many bytes of the answer's body, `delay`
    waits first.
    """

    kind: str
    method: str = ""
    contains: str = ""
    container: str = ""
    header: str = ""
    skip: int = 0
    times: int = 1
    status: int = 503
    code: str = "ServerBusy"
    retryAfter: str = ""
    after: int = 0
    seconds: float = 0

    def matches(self, method, target, headers):
        return (
            (not self.method or method == self.method) and self.contains in target and self.container in target
            and (not self.header or self.header in headers))


class Faults:
    """The faults that are still to come."""

    def __init__(self):
        self.lock = threading.Lock()
        self.waiting = []

    def add(self, fault):
        with self.lock:
            self.waiting.append(fault)

    def take(self, method, target, headers):
        """The fault of this request, or None."""
        with self.lock:
            for fault in self.waiting:
                if not fault.matches(method, target, headers):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    return None
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None

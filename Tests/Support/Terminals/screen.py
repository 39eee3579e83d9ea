"""A screen that is looked at until it is as it should be, wherever it is."""
import time


class Waited(Exception):
    """What was waited for did not come."""


class Screen:
    """What is shown of a program. Its heirs know `rows`, whether the program goes on, and how to let it `settle`."""

    def wait(self, what, condition, seconds=180):
        """Waits until the screen is as it should be, and stays so for a moment; its rows then."""
        end = time.monotonic() + seconds
        while True:
            self.settle()
            rows = self.rows
            if condition(rows):
                return rows
            if time.monotonic() > end or not self.isOpen:
                ended = "" if self.isOpen else " The program has ended."
                raise Waited(f"Waited in vain until {what}.{ended} The screen:\n" + "\n".join(rows))
            self.rest()

    def see(self, text):
        return self.wait(f"“{text}” is shown", lambda rows: any(text in row for row in rows))

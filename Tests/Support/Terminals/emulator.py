"""A terminal that is strict: it shows what a program writes, and refuses what it does not know.

pyte draws; here is what ncurses also uses, the screen apart that programs take, and a check of every sequence.
"""
import re

import pyte
import pyte.modes

# What asks the terminal something: on a slow line the answer is taken for typed text.
QUERIES = [
    ("ENQ", rb"\x05"),
    ("DECID", rb"\x1bZ"),
    ("device attributes", rb"\x1b\[[>=]?[0-9;]*c"),
    ("a report of state, cursor or mode", rb"\x1b\[[?>]?[0-9;]*n"),
    ("a report of parameters", rb"\x1b\[[0-9;]*x"),
    ("a mode", rb"\x1b\[\??[0-9;]*\$p"),
    ("the keyboard's flags", rb"\x1b\[\?u"),
    ("the version", rb"\x1b\[>[0-9;]*q"),
    ("the window", rb"\x1b\[(?:1[1-9]|2[01])(?:;[0-9]*)*t"),
    ("a capability or setting", rb"\x1bP[+$]q"),
    ("a colour or the clipboard", rb"\x1b\][0-9;]*\?"),
]

# Everything that may be written, beginning to end: text, and sequences whose meaning is known.
_KNOWN = re.compile(
    rb"""
      [\x20-\x7e] | [\xc2-\xdf][\x80-\xbf] | [\xe0-\xef][\x80-\xbf]{2} | [\xf0-\xf4][\x80-\xbf]{3}
    | [\x00\x07\x08\x0a\x0d\x0e\x0f]
    | \x1b[=>78MDE]
    | \x1b[()][AB0]
    | \x1b\[[0-9;]*[ABCDEFGHIJKLMPSTX@`abdefhlmr]
    | \x1b\[\?[0-9;]*[hl]
    | \x1b\[\?[01]c                       # the size of the cursor of Linux's console
    | \x1b\[2[23];(?:0;0|2)t              # puts the title on a stack, and takes it back
    | \x1b\]2;[^\x00-\x1f\x7f]*\x1b\\
    | \x1b\]52;c;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)
    """,
    re.VERBOSE | re.DOTALL,
)


def unknown(data):
    """The first thing in a recording that is not known, with what follows; None where all is."""
    place = 0
    while place < len(data):
        found = _KNOWN.match(data, place)
        if not found:
            return data[place:place + 24]
        place = found.end()
    return None


def queries(data):
    """What a recording asks the terminal, by name."""
    return [name for name, pattern in QUERIES if re.search(pattern, data)]


class _Screen(pyte.Screen):
    """pyte's screen, with what it lacks."""

    def __init__(self, columns, rows):
        super().__init__(columns, rows)
        self.private = set()
        self.other = None
        self.last = " "

    def draw(self, text):
        self.last = text[-1:] or self.last
        super().draw(text)

    def set_mode(self, *modes, **how):
        if how.get("private"):
            self.private.update(modes)
            if 1049 in modes and self.other is None:
                self.other = (self.buffer.copy(), self.cursor.x, self.cursor.y)
                self.buffer.clear()
        super().set_mode(*modes, **how)

    def reset_mode(self, *modes, **how):
        if how.get("private"):
            self.private.difference_update(modes)
            if 1049 in modes and self.other is not None:
                lines, x, y = self.other
                self.other = None
                self.buffer.clear()
                self.buffer.update(lines)
                self.cursor.x, self.cursor.y = min(x, self.columns - 1), min(y, self.lines - 1)
        super().reset_mode(*modes, **how)

    def scroll_up(self, count=1):
        self._scroll(self.delete_lines, count)

    def scroll_down(self, count=1):
        self._scroll(self.insert_lines, count)

    def _scroll(self, move, count):
        x, y = self.cursor.x, self.cursor.y
        self.cursor.y = self.margins.top if self.margins else 0
        move(count or 1)
        self.cursor.x, self.cursor.y = x, y

    def repeat(self, count=1):
        self.draw(self.last * (count or 1))

    def cursor_report(self, *_, **how):
        """A question, or the size of the cursor; the check of the recording tells which."""

    report_device_attributes = report_device_status = cursor_report

    def resize_window(self, *_, **how):
        """The stack of titles; nothing is shown of it."""

    def debug(self, *values, **how):
        """What pyte does not know; the check of the recording does."""


class _Stream(pyte.ByteStream):
    csi = {**pyte.Stream.csi, "S": "scroll_up", "T": "scroll_down", "b": "repeat", "t": "resize_window"}
    events = pyte.Stream.events | {"scroll_up", "scroll_down", "repeat", "resize_window"}


class Emulator:
    """A terminal of a size."""

    # A sign that no screen has: what a resize leaves is not to be relied on.
    GARBAGE = "\u2592"

    def __init__(self, columns, rows):
        self.screen = _Screen(columns, rows)
        self.stream = _Stream(self.screen)
        self.recording = bytearray()

    def feed(self, data):
        self.recording += data
        self.stream.feed(bytes(data))

    def resize(self, columns, rows):
        """Takes another size, and fills the screen with signs, as terminals differ in what they leave."""
        self.screen.resize(rows, columns)
        if self.screen.other is not None:
            blank = self.screen.default_char
            for row in range(rows):
                for column in range(columns):
                    self.screen.buffer[row][column] = blank._replace(data=self.GARBAGE)

    @property
    def rows(self):
        return [row.rstrip() for row in self.screen.display]

    @property
    def cursor(self):
        return self.screen.cursor.x, self.screen.cursor.y

    def problems_after_exit(self):
        """What a program that has ended has left behind."""
        problems = []
        cursor = self.screen.cursor
        if cursor.hidden:
            problems.append("the cursor is hidden")
        attributes = cursor.attrs
        if (attributes.fg, attributes.bg) != ("default", "default") or any(
                getattr(attributes, name) for name in ("bold", "italics", "underscore", "reverse", "blink")):
            problems.append(f"text looks like {attributes}")
        if self.screen.other is not None:
            problems.append("the screen is still that of the program")
        for mode, name in [(1, "the cursor keys are those of programs"), (1000, "the mouse is used"),
                           (1002, "the mouse is used"), (1006, "the mouse is used"),
                           (2004, "pastes are marked")]:
            if mode in self.screen.private:
                problems.append(name)
        if self.screen.margins not in (None, (0, self.screen.lines - 1)):
            problems.append(f"only the rows {self.screen.margins} scroll")
        return problems

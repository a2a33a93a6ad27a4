"""Where the keys of a TOML file stand: the reader of the standard library tells of values, not of lines."""

import re

Path = tuple[str | int, ...]
"""Keys and positions on the way to a value: ("place", 0, "references", 1)."""

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
SPACE = re.compile(r"[ \t]*")
KEY = re.compile(r"""[ \t]*(?:([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*""")
STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.S)
BARE = re.compile(r"[^,\]}\n#]*")


def lines_of(text: str) -> dict[Path, int]:
    """Path → line, counted from 1, of every key and every element of a list of a TOML file that can be read.

    A table has the line of its header.
    """
    return _Scanner(text).scan()


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """The line of a path; of one that the file does not have, that of the nearest thing around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


class _Scanner:
    """One walk through the text of a file that a TOML reader has accepted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.tables: dict[Path, int] = {}
        """Path of an array of tables, with the positions of those around it → how many it has."""

    def scan(self) -> dict[Path, int]:
        around: Path = ()
        while self._skip(BLANK) < len(self.text):
            if self.text.startswith("[", self.at):
                around = self._header()
            else:
                self._pair(around)
        return self.lines

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def _note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, at) + 1)

    def _keys(self) -> list[str]:
        keys = []
        while found := KEY.match(self.text, self.at):
            keys.append(next(each for each in found.groups() if each is not None))
            self.at = found.end()
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return keys

    def _header(self) -> Path:
        start, many = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        keys = self._keys()
        self.at = max(self.text.find("]", self.at), self.at) + (2 if many else 1)
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            if many and position == len(keys) - 1:
                self.tables[path] = self.tables.get(path, 0) + 1
            self._note(path, start)
            if path in self.tables:
                path = (*path, self.tables[path] - 1)
        self._note(path, start)
        return path

    def _pair(self, around: Path) -> None:
        start = self.at
        path = (*around, *self._keys())
        for end in range(len(around) + 1, len(path) + 1):
            self._note(path[:end], start)
        # Past the equals sign; what cannot be read as a key is passed over, so that the walk always ends.
        self.at = max(self.at, start) + 1
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip(SPACE)
        if self.text.startswith("[", self.at):
            self._list(path)
        elif self.text.startswith("{", self.at):
            self._inline_table(path)
        elif found := STRING.match(self.text, self.at):
            self.at = found.end()
        else:
            self._skip(BARE)

    def _list(self, path: Path) -> None:
        self.at += 1
        position = 0
        while self._skip(BLANK) < len(self.text) and not self.text.startswith("]", self.at):
            before = self.at
            self._note((*path, position), self.at)
            self._value((*path, position))
            self._skip(BLANK)
            if self.text.startswith(",", self.at) or self.at == before:
                self.at += 1
            position += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self._skip(BLANK) < len(self.text) and not self.text.startswith("}", self.at):
            self._pair(path)
            self._skip(BLANK)
            if self.text.startswith(",", self.at):
                self.at += 1
        self.at += 1

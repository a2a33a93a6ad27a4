"""What tables and columns mean, as `sql/` says it: once.

A column without a comment of its own means what it means in the table that it is carried on from: the one of
the same name in a layer before, or one that the file names in a line `-- carries on <layer>.<table>`. Where
that says nothing either, it means what `sql/columns.sql` says of its name, for its layer or for every layer.
"""

import re
from dataclasses import dataclass
from pathlib import Path

LAYERS = ("landing", "sources", "warehouse", "indicators", "published")
"""In the order data flow. `landing` is the ledger that obtaining and parsing keep."""

STANDARD = "columns.sql"
"""Comments on columns of a layer, or of `every_layer`, in place of a table."""

COMMENT = re.compile(
    r"""^COMMENT ON (?:TABLE|COLUMN) (\w+)(?:\."?(\w+)"?)? IS '((?:[^']|'')*)';$""", re.MULTILINE
)
CARRIES_ON = re.compile(r"^-- carries on (\w+)\.(\w+)$", re.MULTILINE)


@dataclass(frozen=True)
class Comments:
    """Comments of tables and columns.

    stated: by layer, table and column ('' for the table). carried_on: layer and table → those before it that
    its columns come from, nearest first. standard: by layer, or `every_layer`, and column.
    """

    stated: dict[tuple[str, str, str], str]
    carried_on: dict[tuple[str, str], list[tuple[str, str]]]
    standard: dict[tuple[str, str], str]

    def of_table(self, layer: str, table: str) -> str:
        """The comment, or '' where none is declared."""
        return self.stated.get((layer, table, ""), "")

    def of_column(self, layer: str, table: str, column: str) -> str:
        """The comment, or '' where none is declared or inherited."""
        return self.stated.get((layer, table, column)) or self.inherited(layer, table, column)

    def inherited(self, layer: str, table: str, column: str) -> str:
        """What a column means that says nothing itself."""
        standard = [self.standard.get((each, column), "") for each in (layer, "every_layer")]
        return next(filter(None, [self.carried(layer, table, column), *standard]), "")

    def carried(self, layer: str, table: str, column: str) -> str:
        """What the nearest table before says of the column, or ''."""
        said = (
            self.stated.get((*before, column)) or self.carried(*before, column)
            for before in self.carried_on[layer, table]
        )
        return next(filter(None, said), "")


def declared_comments(folder: Path) -> Comments:
    """The comments of all tables under `folder`."""
    texts = {
        (layer, path.stem): path.read_text(encoding="utf-8")
        for layer in LAYERS
        for path in files_of(folder, layer)
    }
    standard = (folder / STANDARD).read_text(encoding="utf-8")
    return Comments(
        stated={
            (layer, table, column): _text(comment)
            for (layer, _), text in texts.items()
            for table, column, comment in COMMENT.findall(text)
        },
        carried_on={
            (layer, table): CARRIES_ON.findall(text)
            + [(each, table) for each in reversed(LAYERS[: LAYERS.index(layer)]) if (each, table) in texts]
            for (layer, table), text in texts.items()
        },
        standard={(layer, column): _text(comment) for layer, column, comment in COMMENT.findall(standard)},
    )


def files_of(folder: Path, layer: str) -> list[Path]:
    """The files of a layer, one a table."""
    return sorted((folder / layer).glob("*.sql"))


def without_comments(text: str) -> str:
    """The statements of a file that make its table."""
    return COMMENT.sub("", text)


def _text(quoted: str) -> str:
    return quoted.replace("''", "'")

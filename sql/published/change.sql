CREATE TABLE change (
    release_from VARCHAR NOT NULL,
    release_to VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    old VARCHAR,
    new VARCHAR,
    difference DOUBLE,
    beyond_uncertainty BOOLEAN,
    flip VARCHAR,
    blocked_as VARCHAR,
    source_id VARCHAR,
    vintage VARCHAR,
    coalition_id VARCHAR,
    place_id VARCHAR,
    indicator_id VARCHAR,
    cells BIGINT NOT NULL,
    cells_beyond BIGINT,
    largest DOUBLE,
    rows BIGINT,
    sentence VARCHAR NOT NULL,
    PRIMARY KEY (release_from, release_to, table_name, key, column_name),
    CHECK (release_to = 'this'),
    CHECK (kind IN ('added', 'removed', 'moved', 'withheld', 'released', 'newer', 'finding', 'grade', 'limits', 'wording', 'other', 'table_added', 'table_removed', 'column_added', 'column_removed')),
    CHECK (cause IN ('correction', 'source', 'boundary', 'declaration', 'other_source', 'method')),
    CHECK (flip IN ('direction', 'rank', 'target_status')),
    CHECK ((flip IS NULL) = (blocked_as IS NULL)),
    CHECK (cells_beyond <= cells),
    CHECK (largest >= 0)
);
COMMENT ON TABLE change IS 'What is different from the release before: every cell of every table but those of history, numbers with six significant digits. Of a group (table, column, kind, cause, source and edition) at most 1,000 are listed, those beyond their uncertainty and the largest first, and all that turn a finding round.';
COMMENT ON COLUMN change.release_from IS 'Id of the release before.';
COMMENT ON COLUMN change.release_to IS 'this: the release that holds the row; its id is in release.json.';
COMMENT ON COLUMN change.table_name IS 'Published table.';
COMMENT ON COLUMN change.key IS 'Key of the row, as lifegap explain takes it; empty where a table or column itself came or went.';
COMMENT ON COLUMN change.column_name IS 'Column; row for a row that came or went.';
COMMENT ON COLUMN change.kind IS 'What happened: rows added or removed; figures moved, withheld or released; newer, a series that goes on; finding, a verdict, status or rank; grade, reliability and what may be quoted; limits; wording; other; tables and columns that came or went.';
COMMENT ON COLUMN change.cause IS 'The first difference between the two releases that touches the row: a correction of its source, the files of its source, what its place is made of, a declaration, files of other sources, or else the method.';
COMMENT ON COLUMN change.old IS 'The cell before, numbers with six significant digits.';
COMMENT ON COLUMN change.new IS 'The cell now.';
COMMENT ON COLUMN change.difference IS 'Now less before, of numbers.';
COMMENT ON COLUMN change.beyond_uncertainty IS 'Whether the figure now is outside the 95 percent interval of before; NULL where there was none.';
COMMENT ON COLUMN change.flip IS 'What the change turns round: the direction of a comparison or trend, the quarter a rank is in, whether a target is met.';
COMMENT ON COLUMN change.blocked_as IS 'Name of the flips of one table, column, source and edition together, by which lifegap refresh --acknowledge accepts them.';
COMMENT ON COLUMN change.cells IS '[cells] In the group.';
COMMENT ON COLUMN change.cells_beyond IS '[cells] In the group that are beyond their uncertainty.';
COMMENT ON COLUMN change.largest IS 'Largest difference in the group, without its sign.';
COMMENT ON COLUMN change.rows IS '[rows] Of the table now, of the same source and edition where it has these.';
COMMENT ON COLUMN change.sentence IS 'The change in words.';

CREATE TABLE coalition_conflict (
    coalition_id VARCHAR NOT NULL,
    conflict_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    what VARCHAR NOT NULL,
    says VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    chosen BOOLEAN NOT NULL,
    choice VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    PRIMARY KEY (coalition_id, conflict_id, position),
    FOREIGN KEY (coalition_id) REFERENCES coalition (coalition_id)
);
COMMENT ON TABLE coalition_conflict IS 'Where documents about a coalition differ: each statement with its source, and the choice made.';
COMMENT ON COLUMN coalition_conflict.conflict_id IS 'What they differ about, as a name.';
COMMENT ON COLUMN coalition_conflict.position IS 'Number of the statement in the conflict, from 1.';
COMMENT ON COLUMN coalition_conflict.what IS 'What they differ about, in words.';
COMMENT ON COLUMN coalition_conflict.says IS 'What this document says.';
COMMENT ON COLUMN coalition_conflict.source IS 'The document: its title, and where it is.';
COMMENT ON COLUMN coalition_conflict.chosen IS 'Whether this statement is gone by here; false in all rows of a conflict where none is gone by alone.';
COMMENT ON COLUMN coalition_conflict.choice IS 'What the project does.';
COMMENT ON COLUMN coalition_conflict.why IS 'Why it does so.';

CREATE TABLE made_table (
    table_name VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    recipe VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    declarations VARCHAR NOT NULL,
    PRIMARY KEY (table_name, source_id)
);
COMMENT ON TABLE made_table IS 'What each table was made of, and what its rows are: rows whose recipe is the same are not made again.';
COMMENT ON COLUMN made_table.table_name IS 'Table, with its layer.';
COMMENT ON COLUMN made_table.source_id IS 'Source whose rows are meant, of a table that is made by source; empty for a table that is made in one piece.';
COMMENT ON COLUMN made_table.recipe IS 'Hash of all that the rows are made of: code, declarations, files, and the versions of the tables it reads.';
COMMENT ON COLUMN made_table.version IS 'Hash of the rows, in any order; the same rows have the same version, however they were made.';
COMMENT ON COLUMN made_table.declarations IS 'Parts of data/ that its maker read, joined by "; ".';

CREATE TABLE made_table (
    table_name VARCHAR NOT NULL,
    recipe VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    declarations VARCHAR NOT NULL,
    PRIMARY KEY (table_name)
);
COMMENT ON TABLE made_table IS 'What each table was made of, and what its rows are: a table whose recipe is the same is not made again.';
COMMENT ON COLUMN made_table.table_name IS 'Table, with its layer.';
COMMENT ON COLUMN made_table.recipe IS 'Hash of all that the table is made of: code, declarations, files, and the versions of the tables it reads.';
COMMENT ON COLUMN made_table.version IS 'Hash of the rows, in any order; the same rows have the same version, however they were made.';
COMMENT ON COLUMN made_table.rows IS '[rows] Rows of the table.';
COMMENT ON COLUMN made_table.declarations IS 'Parts of data/ that its maker read, joined by "; ".';

CREATE TABLE put_check (
    table_name VARCHAR NOT NULL,
    recipe VARCHAR NOT NULL,
    PRIMARY KEY (table_name)
);
COMMENT ON TABLE put_check IS 'What the rules of each table were put to: where that is the same, their outcome stands.';
COMMENT ON COLUMN put_check.table_name IS 'Table, with its layer.';
COMMENT ON COLUMN put_check.recipe IS 'Hash of the rules, of the table''s rows and of those of the tables that the rules look into.';

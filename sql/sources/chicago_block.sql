CREATE TABLE chicago_block (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    block_id VARCHAR NOT NULL,
    tract_id VARCHAR NOT NULL,
    population INTEGER NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, block_id),
    CHECK (length(block_id) = 15),
    CHECK (population >= 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_block IS 'People of the 2010 census in each block inside the city of Chicago.';
COMMENT ON COLUMN chicago_block.source_file IS 'File the row stands in.';
COMMENT ON COLUMN chicago_block.source_row IS 'Data row of the file, counted from 1.';
COMMENT ON COLUMN chicago_block.vintage IS 'Release or edition of the file.';
COMMENT ON COLUMN chicago_block.block_id IS 'Block code, 15 digits.';
COMMENT ON COLUMN chicago_block.tract_id IS 'Tract code: the first 11 digits.';
COMMENT ON COLUMN chicago_block.population IS '[people] Count of the 2010 census.';
COMMENT ON COLUMN chicago_block.unparsed IS 'Text of cells that should be numbers and are not, as column=text.';

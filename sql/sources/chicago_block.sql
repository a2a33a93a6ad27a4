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
COMMENT ON COLUMN chicago_block.block_id IS 'Block code, 15 digits.';
COMMENT ON COLUMN chicago_block.tract_id IS 'Tract code: the first 11 digits.';
COMMENT ON COLUMN chicago_block.population IS '[people] Count of the 2010 census.';

CREATE TABLE chr_benchmark (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    correction INTEGER NOT NULL,
    benchmark DOUBLE,
    percentile VARCHAR,
    last_updated VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (year, measure, correction),
    CHECK (regexp_full_match(measure, 'v[0-9]{3}')),
    CHECK (correction BETWEEN 0 AND 2),
    CHECK (percentile IN ('10th percentile', '90th percentile')),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_benchmark IS 'Value of each measure that the best tenth of counties reaches, by release year.';
COMMENT ON COLUMN chr_benchmark.year IS '[year] Release year, as printed.';
COMMENT ON COLUMN chr_benchmark.measure IS 'Measure code: v and three digits.';
COMMENT ON COLUMN chr_benchmark.correction IS '0 never corrected, 1 the value first used, 2 the value that replaced it.';
COMMENT ON COLUMN chr_benchmark.benchmark IS '[unit of the measure in that release] NULL where none is given.';
COMMENT ON COLUMN chr_benchmark.percentile IS '10th percentile where lower is better, 90th where higher is; NULL where not stated.';

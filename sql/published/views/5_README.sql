CREATE VIEW "README" AS
SELECT * FROM (VALUES
    (1, 'Start', 'SELECT * FROM published.coalition_overview;'),
    (2, 'All gaps of one place, sources side by side',
        'SELECT * FROM published.life_expectancy_gap WHERE place_id = ''neighborhood:chicago-26'' ORDER BY source_id, period_end;'),
    (3, 'What a column means', 'SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ''life_expectancy_gap'';'),
    (4, 'What a figure is made of', 'SELECT * FROM published.trace_life_expectancy WHERE place_id = ''neighborhood:chicago-26'' AND period_end = 2010;'),
    (5, 'Where it came from', 'SELECT * FROM published.source;  SELECT * FROM published.source_file;  SELECT * FROM published.row_account;'),
    (6, 'What was checked', 'SELECT * FROM published.check_result WHERE NOT success;'),
    (7, 'From Python', 'import duckdb; con = duckdb.connect("lifegap.duckdb", read_only=True); con.sql("SELECT * FROM published.gap_latest").pl()'),
    (8, 'From R', 'library(duckdb); con <- dbConnect(duckdb(), "lifegap.duckdb", read_only = TRUE); dbGetQuery(con, "SELECT * FROM published.gap_latest")'),
    (9, 'Two releases side by side', 'ATTACH ''EARLIER/lifegap.duckdb'' AS earlier (READ_ONLY);  SELECT * FROM earlier.published.gap_latest;'),
    (10, 'How to read it', 'gap = reference less place. quotable says whether a figure may be quoted, caveat what must go with it. An empty figure has a reason.')
) AS t (position, topic, text)
ORDER BY position;
COMMENT ON COLUMN "README".position IS 'Order of reading.';
COMMENT ON COLUMN "README".topic IS 'Question.';
COMMENT ON COLUMN "README".text IS 'Query, or answer.';
COMMENT ON VIEW "README" IS 'How to start: questions and the queries that answer them.';

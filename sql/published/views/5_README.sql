CREATE VIEW "README" AS
SELECT * FROM (VALUES
    (1, 'Start: one row per coalition and place', 'SELECT * FROM published.coalition_overview;'),
    (2, 'What may be quoted, with the sentence that must go with it',
        'SELECT place, reference, period_start, period_end, gap, ci_low, ci_high, caveat FROM published.gap_latest WHERE quotable <> ''no'' ORDER BY coalition_id, gap DESC;'),
    (3, 'All gaps of one place, sources side by side',
        'SELECT * FROM published.life_expectancy_gap WHERE place_id = ''neighborhood:chicago-26'' ORDER BY source_id, period_end;'),
    (4, 'The latest value of an indicator in each place',
        'SELECT place, period_end, value, unit, ci_low, ci_high, quotable FROM published.latest_indicator WHERE indicator_id = ''child_poverty'' ORDER BY value DESC NULLS LAST;'),
    (5, 'Why figures are missing', 'SELECT source_id, reason, count(*) AS figures FROM published.life_expectancy WHERE estimate IS NULL GROUP BY ALL ORDER BY ALL;'),
    (6, 'What a column means', 'SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ''life_expectancy_gap'';'),
    (7, 'Which release this is, and what is in it', 'SELECT * FROM published.release;  SELECT table_name AS name, comment FROM duckdb_tables() UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY 1;'),
    (8, 'What a figure is made of', 'SELECT * FROM published.trace_life_expectancy WHERE place_id = ''neighborhood:chicago-26'' AND period_end = 2010;'),
    (9, 'Where it came from', 'SELECT * FROM published.source;  SELECT * FROM published.source_file;  SELECT * FROM published.row_account;'),
    (10, 'Which sources are not free for every use', 'SELECT DISTINCT source_id, license, license_limit FROM published.source WHERE license_limit IS NOT NULL ORDER BY source_id;'),
    (11, 'What was checked', 'SELECT * FROM published.check_result WHERE NOT success;'),
    (12, 'Python', 'import duckdb
con = duckdb.connect("lifegap.duckdb", read_only=True)
gaps = con.sql("SELECT * FROM published.gap_latest").fetchall()  # or .df() for pandas, .pl() for Polars'),
    (13, 'R', 'library(duckdb)
con <- dbConnect(duckdb(), dbdir = "lifegap.duckdb", read_only = TRUE)
gaps <- dbGetQuery(con, "SELECT * FROM published.gap_latest")
dbDisconnect(con, shutdown = TRUE)'),
    (14, 'Two releases side by side',
        'ATTACH ''lifegap.duckdb'' AS newer (READ_ONLY);
ATTACH ''EARLIER/lifegap.duckdb'' AS earlier (READ_ONLY);
SELECT coalition_id, place_id, reference_place_id, source_id, method, e.period_end AS earlier_period_end, e.gap AS earlier_gap, n.period_end, n.gap
FROM newer.published.gap_latest AS n
FULL JOIN earlier.published.gap_latest AS e USING (coalition_id, place_id, reference_place_id, source_id, method)
WHERE (n.period_end, n.gap) IS DISTINCT FROM (e.period_end, e.gap)
ORDER BY ALL;'),
    (15, 'Two releases from Python', 'import duckdb
con = duckdb.connect()
con.execute("ATTACH ''lifegap.duckdb'' AS newer (READ_ONLY)")
con.execute("ATTACH ''EARLIER/lifegap.duckdb'' AS earlier (READ_ONLY)")
gaps = con.sql("SELECT ''newer'' AS release, * FROM newer.published.gap_latest UNION ALL SELECT ''earlier'', * FROM earlier.published.gap_latest").fetchall()'),
    (16, 'Two releases from R', 'library(duckdb)
con <- dbConnect(duckdb())
dbExecute(con, "ATTACH ''lifegap.duckdb'' AS newer (READ_ONLY)")
dbExecute(con, "ATTACH ''EARLIER/lifegap.duckdb'' AS earlier (READ_ONLY)")
gaps <- dbGetQuery(con, "SELECT ''newer'' AS release, * FROM newer.published.gap_latest UNION ALL SELECT ''earlier'', * FROM earlier.published.gap_latest")'),
    (17, 'How to read it', 'gap = reference less place. quotable says whether a figure may be quoted, caveat what must go with it. An empty figure has a reason. Take one source_id, vintage and method at a time. DuckDB 1.0 and later read the tables, 1.2 and later the views, also of two releases at a time.')
) AS t (position, topic, text)
ORDER BY position;
COMMENT ON COLUMN "README".position IS 'Order of reading.';
COMMENT ON COLUMN "README".topic IS 'Question.';
COMMENT ON COLUMN "README".text IS 'Query or program that answers it, or the answer; EARLIER is the folder of another release.';
COMMENT ON VIEW "README" IS 'How to start: questions and the queries that answer them.';

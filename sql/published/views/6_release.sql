CREATE VIEW release AS
SELECT {release_id} AS release_id, {published_at}::TIMESTAMP AS published_at, {content_hash} AS content_hash;
COMMENT ON COLUMN release.release_id IS 'Time of publishing and the first eight digits of the content hash.';
COMMENT ON COLUMN release.published_at IS 'When it was published (UTC).';
COMMENT ON COLUMN release.content_hash IS 'Hash of the tables: releases with the same hash hold the same figures.';
COMMENT ON VIEW release IS 'Which release this file is, wherever it was copied to.';

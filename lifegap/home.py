"""Names under LIFEGAP_HOME and in a release, for those who write them and those who read them."""

RELEASES = "releases"
LATEST = "latest"
DATABASE = "lifegap.duckdb"
MANIFEST = "release.json"
SITE = "site"
PACK = "pack"

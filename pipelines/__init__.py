"""When and where it runs: Dagster definitions, the job, the resource and the I/O manager."""

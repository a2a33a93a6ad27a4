"""When and where it runs: the registry of tables as a graph, who runs it, and its history.

`graph` says what follows what, `steps` what one step does to a `Run`. Two executors share them:
`execute` runs the graph for the command line, `dagster_assets` gives it to Dagster.
"""

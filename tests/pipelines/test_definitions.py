"""The Dagster side: one graph, grouped and documented, whose runs the UI shows."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.execution.api import create_execution_plan

from assets.table import registered
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.comments import LAYERS
from lifegap.catalog.tables import declared_tables
from lifegap.releases.read import open_release
from pipelines.dagster_assets import asset_of, check_of, files, release
from pipelines.definitions import defs
from pipelines.graph import graph, idle_tables
from pipelines.keeper import step_key
from pipelines.step import LAND, PUBLISH, Step
from tests.conftest import CHECKOUT, hashes_of_figures

LEDGER = {name for name in declared_tables() if name.startswith("landing.")} | {
    "published.check_history",
    "published.check_result",
}
MAKERS = registered()


def _parents(definition: dg.AssetsDefinition) -> set[str]:
    (spec,) = definition.specs
    return {".".join(dep.asset_key.path) for dep in spec.deps}


def test_every_declared_table_has_an_asset_and_a_blocking_check() -> None:
    assert set(MAKERS) == set(declared_tables()) - LEDGER
    for name, maker in MAKERS.items():
        (check,) = check_of(maker).check_specs
        assert check.asset_key == dg.AssetKey(name.split("."))
        assert check.blocking


def test_assets_are_grouped_by_layer_and_say_what_they_are() -> None:
    for name, maker in MAKERS.items():
        (spec,) = asset_of(maker).specs
        assert spec.group_name == name.split(".")[0]
        assert spec.description is not None
        assert spec.description.startswith(maker.table.comment)
        assert spec.owners
        schema = spec.metadata["dagster/column_schema"]
        assert [column.name for column in schema.columns] == [c.name for c in maker.table.columns]
        assert all(column.description for column in schema.columns)


def test_data_flow_forward_through_the_layers() -> None:
    for name, maker in MAKERS.items():
        layer = name.split(".")[0]
        parents = {parent.split(".")[0] for parent in maker.needed}
        assert all(LAYERS.index(parent) <= LAYERS.index(layer) for parent in parents), name
        if layer == "indicators":
            assert "sources" not in parents


def test_the_release_waits_for_every_table() -> None:
    assert _parents(release) == set(MAKERS)
    assert graph(MAKERS)[PUBLISH] == {Step("check", name) for name in MAKERS}


def test_dagster_and_the_command_line_follow_one_graph() -> None:
    steps = graph(MAKERS)
    for name, maker in MAKERS.items():
        made_of = _parents(asset_of(maker)) - {".".join(key.path) for key in files.keys}
        assert {Step("check", parent) for parent in made_of} | {LAND} == steps[Step("make", name)]
        (check,) = check_of(maker).check_specs
        looked_into = {".".join(dep.asset_key.path) for dep in check.additional_deps}
        assert {Step("make", other) for other in looked_into | {name}} == steps[Step("check", name)]


def test_steps_have_in_the_history_the_keys_that_dagster_gives_them() -> None:
    plan = create_execution_plan(defs.resolve_job_def("refresh"))
    assert {step_key(step.what, step.name) for step in graph(MAKERS)} == set(plan.step_keys_to_execute)


def test_a_refresh_from_the_command_line_is_in_the_history(bundle_home: Path) -> None:
    config = (bundle_home / "dagster" / "dagster.yaml").read_text(encoding="utf-8")
    assert "enabled: false" in config
    with dg.DagsterInstance.from_config(str(bundle_home / "dagster")) as instance:
        (run,) = instance.get_runs()
        assert (run.job_name, run.status) == ("refresh", dg.DagsterRunStatus.SUCCESS)
        event = instance.get_latest_materialization_event(dg.AssetKey(["sources", "usaleep_tract"]))
        assert event is not None
        assert event.asset_materialization is not None
        metadata = event.asset_materialization.metadata
        assert metadata["dagster/row_count"].value == 714
        assert "US_A.CSV" in str(metadata["source hashes"].value)
        assert "| tract_id" in str(metadata["preview"].value) or "tract_id" in str(metadata["preview"].value)
        logs = [entry.dagster_event for entry in instance.all_logs(run.run_id)]
        made = {e.asset_key.to_user_string() for e in logs if e and e.is_step_materialization and e.asset_key}
        checked = [
            e.asset_check_evaluation_data
            for e in logs
            if e and e.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
        ]
        assert {key.replace("/", ".") for key in made} >= {"landing.files", "published.release"}
        assert len(checked) == len(made) - 2
        assert all(each.blocking and each.metadata["rules"] for each in checked)


def test_the_job_refreshes_everything() -> None:
    job = defs.resolve_job_def("refresh")
    assert len(list(job.asset_layer.executable_asset_keys)) == len(MAKERS) + 2


@pytest.mark.slow
def test_definitions_validate_as_dagster_loads_them(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "dagster",
        "definitions",
        "validate",
        "-w",
        "workspace.yaml",
    ]
    ended = subprocess.run(
        command,
        cwd=CHECKOUT,
        env=os.environ | {"DAGSTER_HOME": str(tmp_path), "DAGSTER_DISABLE_TELEMETRY": "yes"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_tables_of_sources_without_a_file_are_left_out_unless_something_is_made_of_them() -> None:
    everything = {each.source for each in MAKERS.values() if each.source is not None}
    assert idle_tables(everything) == []
    idle = set(idle_tables(everything - {"city_boundaries", "census_acs5"}))
    assert "sources.city_neighborhood" in idle
    assert "sources.acs_cell" not in idle  # observations are read out of it


def test_every_coalition_has_a_job_that_makes_it_alone(catalog: Catalog) -> None:
    for name in catalog.coalitions:
        job = defs.resolve_job_def(f"refresh_{name.replace('-', '_')}")
        assert job.tags["lifegap/coalition"] == name


@pytest.mark.slow
def test_the_job_of_a_coalition_publishes_the_same_where_nothing_has_changed(
    bundle_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(bundle_home, home, symlinks=True)
    run = (
        "import dagster as dg\nfrom pipelines.definitions import defs\n"
        "job = defs.resolve_job_def('refresh_west_side_united')\n"
        "with dg.DagsterInstance.ephemeral() as instance:\n"
        "    assert job.execute_in_process(instance=instance).success\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", run],
        cwd=CHECKOUT,
        env=os.environ | {"LIFEGAP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    with open_release(bundle_home) as first, open_release(home) as second:
        before, after = first.manifest, second.manifest
    assert after["release_id"] != before["release_id"]
    assert hashes_of_figures(after) == hashes_of_figures(before)

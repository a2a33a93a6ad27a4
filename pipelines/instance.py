"""The Dagster instance under LIFEGAP_HOME: its history is what the UI shows."""

from pathlib import Path

from lifegap.landing.receipts import writing
from lifegap.settings import Settings

SETTINGS = Path(__file__).with_name("dagster.yaml")


def prepare_instance(settings: Settings) -> None:
    """Make DAGSTER_HOME with this project's settings of the instance."""
    with writing(settings.dagster_home):
        settings.dagster_home.mkdir(parents=True, exist_ok=True)
        (settings.dagster_home / "dagster.yaml").write_bytes(SETTINGS.read_bytes())

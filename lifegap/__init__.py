"""Life-expectancy gaps and the conditions behind them, from public files to a signed release.

The library under the pipeline. It knows no Dagster: `assets` and `pipelines` import it,
never the other way round (only the `refresh` and `dev` commands load the pipeline).
"""

from importlib.metadata import version
from pathlib import Path

__version__ = version("lifegap")

CHECKOUT = Path(__file__).resolve().parent.parent
"""The folder the application runs from: it holds `data/` and `sql/`."""

"""Life-expectancy gaps and the conditions behind them, from public files to a signed release.

The library under the pipeline. It knows no Dagster: `assets` and `pipelines` import it,
never the other way round (only the `refresh` and `dev` commands load the pipeline).
"""

import os
import sys
from importlib.metadata import version
from pathlib import Path

__version__ = version("lifegap")

PACKAGE = Path(__file__).resolve().parent
APPLICATION = PACKAGE / "application" if (PACKAGE / "application").is_dir() else PACKAGE.parent
"""The folder that holds `assets`, `data`, `expectations`, `pipelines` and `sql`.

The root of a checkout; in an installed wheel a folder of this package, so that nothing with such a name lies
beside other people's packages.
"""


def find_application_first() -> None:
    """Let `assets`, `expectations` and `pipelines` be imported, in this process, from APPLICATION alone.

    Their names are everybody's: they are looked for here before any other place. The commands do this as they
    start; whoever imports the library for its methods keeps their own packages of these names.
    """
    if sys.path[:1] != [str(APPLICATION)]:
        sys.path.insert(0, str(APPLICATION))


def path_for_processes() -> str:
    """PYTHONPATH for a process that is to find them so: APPLICATION, then what it was."""
    return os.pathsep.join(filter(None, (str(APPLICATION), os.environ.get("PYTHONPATH"))))

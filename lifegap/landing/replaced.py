"""Files that a publisher issued again under the same name: the bytes of before stay in the landing folder.

`landing/<source_id>/replaced/<first 12 digits of the sha256>/<file>`. No refresh reads them; who lists the
edition they are of, without an address, has it beside the later one.
"""

import filecmp
import hashlib
import shutil
from pathlib import Path

from lifegap.landing.recognize import read_content

REPLACED = "replaced"


def keep_replaced(folder: Path, file: str, coming: Path) -> None:
    """Keep the landed file of that name before `coming` takes its place; nothing where it is the same."""
    landed = folder / file
    if not landed.is_file() or filecmp.cmp(landed, coming, shallow=False):
        return
    sha256 = hashlib.sha256(read_content(landed, file)).hexdigest()
    kept = folder / REPLACED / sha256[:12] / file
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_name(kept.name + ".part")
        shutil.copy2(landed, part)
        part.replace(kept)

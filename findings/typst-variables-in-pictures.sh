#!/usr/bin/env bash
# typst draws a mark black, without a word, where its color is a variable of the picture's own style sheet.
#
# Seen with typst 0.15.2. The same picture with the color itself is drawn in it. Browsers draw both in the color.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pillow==12.1.0
cd "$folder"
"$folder/venv/bin/python" - > "$folder/seen" <<'PY'
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image

Path("page.typ").write_text('#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")\n')
for name, color in (("a color", "#00aa44"), ("a variable", "var(--mark)")):
    style = "<style>:root { --mark: #00aa44; } rect { fill: %s; }</style>" % color
    Path("picture.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{style}<rect width="20" height="20"/></svg>'
    )
    drawn = Image.open(BytesIO(typst.compile("page.typ", format="png"))).convert("RGB")
    print(name, drawn.getpixel((drawn.width // 2, drawn.height // 2)))
PY
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
a color (0, 170, 68)
a variable (0, 0, 0)
SEEN

#!/usr/bin/env bash
# Half of a compressed body is a whole answer.
#
# Seen with urllib3 2.8.0. A server sends the first half of a gzip-encoded file and a Content-Length that fits what it
# sends: nothing is raised, and the decoded half is returned as the file. A plain body that is shorter than its
# Content-Length raises IncompleteRead; the end of the compressed stream is not asked for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check urllib3==2.8.0 2>/dev/null
"$folder/venv/bin/python" - > "$folder/seen" <<'PY'
import gzip
import random
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import urllib3

seeded = random.Random(1)
rows = "".join(f"{tract},{seeded.random()}\n" for tract in range(5_000)).encode()
packed = gzip.compress(rows, mtime=0)
half = packed[: len(packed) // 2]


class Publisher(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(half)))
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(half)

    def log_message(self, *words):
        pass


server = HTTPServer(("127.0.0.1", 0), Publisher)
threading.Thread(target=server.serve_forever, daemon=True).start()
answer = urllib3.PoolManager().request("GET", f"http://127.0.0.1:{server.server_port}/packed", retries=False)
lines = answer.data.count(b"\n")
print(f"status {answer.status}, nothing raised, {'fewer than all' if lines < 5_000 else 'all'} lines,",
      f"the last one whole: {answer.data.endswith(chr(10).encode())}")
server.shutdown()
PY
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
status 200, nothing raised, fewer than all lines, the last one whole: False
SEEN

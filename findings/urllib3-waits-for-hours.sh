#!/usr/bin/env bash
# A server that asks to come back in a week is waited for six hours, at every try.
#
# Seen with urllib3 2.8.0, default Retry with three tries for status 503. Retry-After of 604,800 seconds is cut to
# 21,600 and slept, before each further try; there is no bound on the sum, and the timeout of the request does not count
# it. The sleeps are recorded here instead of slept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check urllib3==2.8.0 2>/dev/null
"$folder/venv/bin/python" - > "$folder/seen" <<'PY'
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import urllib3


class Publisher(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503)
        self.send_header("Retry-After", str(7 * 24 * 3600))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


server = HTTPServer(("127.0.0.1", 0), Publisher)
threading.Thread(target=server.serve_forever, daemon=True).start()
slept = []
time.sleep = slept.append
pool = urllib3.PoolManager(
    retries=urllib3.Retry(total=3, status_forcelist=[503], raise_on_status=False), timeout=10.0
)
answer = pool.request("GET", f"http://127.0.0.1:{server.server_port}/")
print(f"status {answer.status} after sleeps of {slept} seconds")
server.shutdown()
PY
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
status 503 after sleeps of [21600, 21600, 21600] seconds
SEEN

"""Every test run has a data folder and a master key of its own; loaded before Django reads its settings."""

import atexit
import base64
import os
import secrets
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="balie-tests-")
os.environ["BALIE_DATA"] = os.path.join(_folder, "data")
os.environ["BALIE_MASTER_KEY"] = base64.b64encode(secrets.token_bytes(32)).decode()
for _name in ("BALIE_MASTER_KEY_FILE", "BALIE_RELAY", "BALIE_HTTP", "BALIE_SMTP", "BALIE_URL", "BALIE_HOSTS"):
    os.environ.pop(_name, None)
for _sub in ("", "keys", "files", "index"):
    os.makedirs(os.path.join(os.environ["BALIE_DATA"], _sub), mode=0o700, exist_ok=True)
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

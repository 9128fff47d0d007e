"""Settings of the test run, put into the environment before Django reads it (pytest -p tests.environment)."""

import os
import tempfile
from pathlib import Path

os.environ.update(
    SECRET_KEY="only-for-tests-" + "x" * 40,
    FIELD_KEYS="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    INDEX_KEY="AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
    HTTPS="0",
    DEMO="0",
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
)
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="tests-")
(Path(os.environ["DATA_DIR"]) / "static").mkdir()

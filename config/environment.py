"""Reading settings from the environment, strictly: a typo is an error, never a False.

`var/env` (KEY=VALUE lines, written by `python config/environment.py`) is read first, so that a fresh clone
runs without a line of set-up; what the real environment says wins over it.
"""

import base64
import os
import secrets
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
ENV_FILE = BASE_DIR / "var" / "env"


class SettingError(Exception):
    """An environment variable is missing or unreadable; the message says which and how to mend it."""


def load_env_file(path: Path = ENV_FILE) -> None:
    """Put the file's values into os.environ unless they are set there already."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        key, separator, value = line.partition("=")
        if separator and not key.startswith("#"):
            os.environ.setdefault(key.strip(), value.strip())


def env_text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None or value == "":
        if default is not None:
            return default
        raise SettingError(f"{name} is not set. `python config/environment.py` writes var/env with fresh values.")
    return value


def env_bool(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value not in ("0", "1"):
        raise SettingError(f"{name}={value!r}: write 0 or 1")
    return value == "1"


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise SettingError(f"{name}={value!r}: write a whole number") from error


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_keys(name: str) -> list[bytes]:
    """Comma-separated base64 keys of 32 bytes. The first one encrypts, the others still decrypt."""
    keys = []
    for text in env_text(name).split(","):
        try:
            key = base64.b64decode(text.strip(), validate=True)
        except ValueError as error:
            raise SettingError(f"{name}: not base64. `python config/environment.py --print` makes one.") from error
        if len(key) != 32:
            raise SettingError(f"{name}: a key has 32 bytes, this one {len(key)}")
        keys.append(key)
    return keys


def fresh_values() -> dict[str, str]:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return {"SECRET_KEY": secrets.token_urlsafe(48), "FIELD_KEYS": key(), "INDEX_KEY": key()}


def main() -> None:
    """Write var/env once; `--print` shows fresh values for a production environment instead."""
    text = "".join(f"{name}={value}\n" for name, value in fresh_values().items())
    if "--print" in sys.argv:
        sys.stdout.write(text)
    elif not ENV_FILE.exists():
        ENV_FILE.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        ENV_FILE.touch(mode=0o600)
        ENV_FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

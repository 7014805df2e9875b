"""Key files on disk: private key and public history in a folder of their own, apart from the data.

    <folder>/          0700
      signing.pem      0600  the private key now in use
      scheme           0600  name of its scheme
      public.keys      0644  every public key the log ever had, with the time it speaks for

Rotation ends the old key's time, keeps its public line, and destroys its private half: nothing that was signed
becomes unverifiable, and nothing new can be signed by the old key. Every file is written beside its place and moved
there; the public history is written before the private key, so a crash leaves a key that has not signed yet.
"""

import os
import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from lianze.tlog.errors import KeyFileError
from lianze.tlog.keys import PublicKey, load_keys, public_key_of, render_keys, require_key_name
from lianze.tlog.signers import ED25519, PrivateKey, Scheme, Signer, require_scheme

PRIVATE: Final = "signing.pem"
SCHEME: Final = "scheme"
PUBLIC: Final = "public.keys"


def make_keys(folder: Path, name: str, at: datetime, scheme_name: str = ED25519.name) -> Signer:
    """Make the first key, valid from `at`, and the folder; KeyFileError `key.exists` rather than overwrite."""
    require_key_name(name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if any((folder / file).exists() for file in (PRIVATE, PUBLIC)):
        raise KeyFileError("key.exists", folder.name)
    return _install(folder, name, (), at, scheme_name)


def rotate_keys(folder: Path, at: datetime, scheme_name: str | None = None) -> Signer:
    """Replace the signing key from `at` on, perhaps by one of another scheme; `key.time` unless time moves on."""
    keys = load_public_keys(folder)
    current = keys[-1]
    if current.from_at is not None and at <= current.from_at:
        raise KeyFileError("key.time", current.name)
    ended = (*keys[:-1], replace(current, until_at=at))
    return _install(folder, current.name, ended, at, scheme_name or _scheme_name(folder))


def load_signer(folder: Path) -> Signer:
    """The signing key; KeyFileError `key.open` if others could read it, `key.mismatch` if it is not the last one."""
    _require_private(folder, stat.S_IFDIR)
    _require_private(folder / PRIVATE, stat.S_IFREG)
    keys = load_public_keys(folder)
    signer = PrivateKey(keys[-1].name, require_scheme(_scheme_name(folder)), (folder / PRIVATE).read_bytes())
    if signer.public != keys[-1].public:
        raise KeyFileError("key.mismatch", signer.name)
    return signer


def load_public_keys(folder: Path) -> tuple[PublicKey, ...]:
    """Every public key of this log, oldest first; KeyFileError `key.missing` if there is none."""
    try:
        keys = load_keys((folder / PUBLIC).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError("key.missing", PUBLIC) from error
    if not keys:
        raise KeyFileError("key.missing", PUBLIC)
    return keys


def _install(folder: Path, name: str, before: tuple[PublicKey, ...], at: datetime, scheme_name: str) -> Signer:
    scheme: Scheme = require_scheme(scheme_name)
    signer = PrivateKey(name, scheme, scheme.make_private())
    fresh = public_key_of(signer, at)
    _replace(folder / PUBLIC, render_keys((*before, fresh)).encode(), 0o644)
    _replace(folder / SCHEME, scheme_name.encode(), 0o600)
    _replace(folder / PRIVATE, signer.private, 0o600)
    return signer


def _replace(path: Path, data: bytes, mode: int) -> None:
    """Write whole or not at all, never readable by more than `mode` says, not even for a moment."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _scheme_name(folder: Path) -> str:
    try:
        return (folder / SCHEME).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise KeyFileError("key.missing", SCHEME) from error


def _require_private(path: Path, kind: int) -> None:
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        raise KeyFileError("key.missing", path.name) from error
    if stat.S_IFMT(mode) != kind or mode & 0o077:
        raise KeyFileError("key.open", f"{path.name} {stat.S_IMODE(mode):o}")

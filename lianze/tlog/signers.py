"""Signature schemes behind a small protocol: Ed25519 (RFC 8032) built in, others such as SM2 plugged in.

A scheme is an object with the members of `Scheme`. Another package brings one by an entry point of group
`lianze.schemes` (entry point name = scheme name), or it is named by dotted path `package.module:object`.
`type_id` begins with 0xFF for schemes without a byte of their own in C2SP signed-note, and ends with a newline:
for SM2, b"\\xffsm2.lianze\\n"; the bytes after it in a public key line are the scheme's own affair.
"""

from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final, Protocol, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lianze.tlog.errors import KeyFileError, LogError, NoteError

ENTRY_POINTS: Final = "lianze.schemes"


class Scheme(Protocol):
    """One way to sign. Private keys travel as PEM text, public keys as the scheme's raw bytes."""

    @property
    def name(self) -> str: ...

    @property
    def type_id(self) -> bytes: ...

    def make_private(self) -> bytes: ...

    def public_of(self, private: bytes) -> bytes: ...

    def sign(self, private: bytes, message: bytes) -> bytes: ...

    def verify_signature(self, public: bytes, signature: bytes, message: bytes) -> None:
        """NoteError `note.signature` unless the signature is good."""


class Signer(Protocol):
    """A named private key that can sign."""

    @property
    def name(self) -> str: ...

    @property
    def scheme(self) -> Scheme: ...

    @property
    def public(self) -> bytes: ...

    def sign(self, message: bytes, /) -> bytes: ...


class Ed25519:
    """Pure Ed25519, RFC 8032 §5.1; signing the same message twice gives the same bytes."""

    name: Final = "ed25519"
    type_id: Final = b"\x01"

    def make_private(self) -> bytes:
        return Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def public_of(self, private: bytes) -> bytes:
        return _load(private).public_key().public_bytes_raw()

    def sign(self, private: bytes, message: bytes) -> bytes:
        return _load(private).sign(message)

    def verify_signature(self, public: bytes, signature: bytes, message: bytes) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError) as error:
            raise NoteError("note.signature") from error


def _load(private: bytes) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(private, password=None)
    except (ValueError, TypeError) as error:
        raise KeyFileError("key.pem", type(error).__name__) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError("key.kind", type(key).__name__)
    return key


@dataclass(frozen=True)
class PrivateKey:
    """A Signer made from PEM text. The PEM stays out of repr, so that it does not reach a log file."""

    name: str
    scheme: Scheme
    private: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        return self.scheme.public_of(self.private)

    def sign(self, message: bytes, /) -> bytes:
        return self.scheme.sign(self.private, message)


ED25519: Final[Scheme] = Ed25519()


def require_scheme(name: str) -> Scheme:
    """The scheme called `name`: built in, an entry point, or `module:object`; LogError `scheme.unknown`."""
    if name == ED25519.name:
        return ED25519
    for point in entry_points(group=ENTRY_POINTS, name=name):
        return cast(Scheme, point.load())
    module, _, attribute = name.partition(":")
    if not attribute:
        raise LogError("scheme.unknown", name)
    try:
        return cast(Scheme, getattr(import_module(module), attribute))
    except (ImportError, AttributeError) as error:
        raise LogError("scheme.unknown", name) from error


def scheme_of_key(encoded: bytes) -> tuple[Scheme, bytes]:
    """Split type ‖ public key, as public key lines carry it; looks at built-in schemes and entry points only.

    A key line can come from a stranger's package, so it never names a module to import.
    """
    if encoded.startswith(ED25519.type_id):
        return ED25519, encoded[1:]
    for point in entry_points(group=ENTRY_POINTS):
        scheme = cast(Scheme, point.load())
        if encoded.startswith(scheme.type_id):
            return scheme, encoded[len(scheme.type_id) :]
    raise LogError("scheme.unknown", encoded[:1].hex())

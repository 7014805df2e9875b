"""A small identity provider on loopback: OpenID Connect with a code, PKCE, a real RSA key and a page to log in on."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "lianze", "a-client-secret"


@dataclass
class Provider:
    """What the provider knows and what went wrong with it on purpose."""

    address: str = ""
    person: dict[str, str] = field(default_factory=lambda: {"sub": "s-100", "preferred_username": "clerk"})
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    shown_key: rsa.RSAPrivateKey | None = None  # what /jwks shows, when it is another one
    changed: dict[str, object] = field(default_factory=dict)  # claims put in place of the right ones
    codes: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorise(self, query: dict[str, str]) -> str:
        """Where the browser goes once the person has logged in."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = query["code_challenge"]
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def exchange(self, sent: dict[str, str], authorization: str) -> dict[str, str] | None:
        """The tokens for a code; None when the client or its verifier is not right."""
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_client = sent.get("client_secret") == SECRET or authorization == f"Basic {basic}"
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        )
        if not is_client or self.codes.pop(sent["code"], "") != challenge:
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person, **self.changed}
        return {"access_token": "x", "id_token": jwt.encode(claims, self.key, "RS256", headers={"kid": "1"})}

    def answer(self, path: str, query: dict[str, str]) -> object:
        """The documents it publishes."""
        if path == "/.well-known/openid-configuration":
            places = {f"{name}_endpoint": f"{self.address}/{name}" for name in ("authorization", "token", "userinfo")}
            methods = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
            return {"issuer": self.address, "jwks_uri": f"{self.address}/jwks", **places, **methods}
        if path == "/jwks":
            public = (self.shown_key or self.key).public_key()
            return {"keys": [{**jwt.algorithms.RSAAlgorithm.to_jwk(public, as_dict=True), "kid": "1", "alg": "RS256"}]}
        return None


def handler_of(provider: Provider) -> type[BaseHTTPRequestHandler]:
    """Requests, answered by the provider."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            provider.asked.append(parts.path)
            if parts.path == "/authorization":
                onward = quote(provider.authorise(query), safe=":/?&=%")
                self.send(200, f'<a href="{onward.replace("&", "&amp;")}">log in</a>'.encode(), "text/html")
            elif (found := provider.answer(parts.path, query)) is not None:
                self.send(200, json.dumps(found).encode())
            else:
                self.send(404, b"{}")

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(text).items()}
            found = provider.exchange(sent, self.headers.get("Authorization", ""))
            self.send(200 if found else 401, json.dumps(found or {"error": "invalid"}).encode())

        def send(self, status: int, body: bytes, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return Handler


@contextmanager
def serve() -> Iterator[Provider]:
    """The provider while it runs."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(provider))
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield provider
    server.shutdown()
    server.server_close()

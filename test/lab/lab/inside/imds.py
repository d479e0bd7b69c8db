"""HyperPod's agent for the node's role: answers as EC2's instance metadata service, to anyone who reaches it."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer

TOKEN = "lab-metadata-token"
SESSION = Path("/opt/lab/role.json")
"""Credentials of the role, where whoever plays AWS looks at them."""
NO_SESSION = {"AccessKeyId": "ASIALABLABLABLABLAB1", "SecretAccessKey": "lab-node-role", "Token": "lab-node-role"}
CREDENTIALS = "/latest/meta-data/iam/security-credentials/"


class Metadata(BaseHTTPRequestHandler):
    """GET with a token from PUT /latest/api/token (version 2); without a token it answers 401."""

    def do_PUT(self) -> None:
        """The session token of version 2."""
        self._answer(200, TOKEN)

    def do_GET(self) -> None:
        """One document, by path."""
        region = sys.argv[1]
        role = {
            "Code": "Success",
            "Type": "AWS-HMAC",
            "LastUpdated": "2026-01-01T00:00:00Z",
            **(json.loads(SESSION.read_text()) if SESSION.exists() else NO_SESSION),
            "Expiration": "2099-01-01T00:00:00Z",
        }
        documents = {
            CREDENTIALS: "node-role",
            f"{CREDENTIALS}node-role": json.dumps(role),
            "/latest/meta-data/placement/region": region,
            "/latest/meta-data/local-ipv4": self.client_address[0],
            "/latest/dynamic/instance-identity/document": json.dumps({"region": region, "accountId": "123456789012"}),
        }
        if self.headers.get("X-aws-ec2-metadata-token") != TOKEN:
            self._answer(401, "a token is required")
        elif self.path in documents:
            self._answer(200, documents[self.path])
        else:
            self._answer(404, "no such document")

    def _answer(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-aws-ec2-metadata-token-ttl-seconds", "21600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """Takes anyone who comes at the same time: the `aws` command waits one second for it."""

    request_queue_size = 128

    def server_bind(self) -> None:
        """Binds without the look-up of its own name that an HTTPServer begins with: no resolver answers here."""
        TCPServer.server_bind(self)


if __name__ == "__main__":
    Server((sys.argv[2], int(sys.argv[3])), Metadata).serve_forever()

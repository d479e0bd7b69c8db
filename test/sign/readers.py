"""Reads a signature as others do: securesystemslib opens the envelope, in-toto's own types read the statement.

    python3 readers.py PUBLIC_KEY.pem SIGNATURE.json
"""

import json
import sys
from pathlib import Path

from google.protobuf import json_format
from in_toto_attestation.v1 import statement, statement_pb2
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

from cryptography.hazmat.primitives.serialization import load_pem_public_key

pem = Path(sys.argv[1]).read_bytes()
envelope = Envelope.from_dict(json.loads(Path(sys.argv[2]).read_text()))
(keyid,) = envelope.signatures
key = SSlibKey.from_crypto(load_pem_public_key(pem), keyid)
envelope.verify([key], 1)
message = json_format.Parse(envelope.payload, statement_pb2.Statement())
statement.Statement.copy_from_pb(message).validate()
subjects = {subject.name: subject.digest["sha256"] for subject in message.subject}
print(json.dumps({"keyid": keyid, "subjects": subjects, "type": message.predicate_type}))

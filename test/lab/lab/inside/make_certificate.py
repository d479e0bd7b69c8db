"""Makes a certificate.

Reads {"name", "names", "from_days", "to_days", "authority", "signer"} from standard input and writes
{"certificate", "key"} in PEM, both in JSON.
"""

import datetime
import json
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

asked = json.load(sys.stdin)
now = datetime.datetime.now(datetime.UTC)
key = rsa.generate_private_key(65537, 2048)
subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, asked["name"])])
issuer, signing_key = subject, key
if signer := asked["signer"]:
    issuer = x509.load_pem_x509_certificate(signer["certificate"].encode()).subject
    signing_key = serialization.load_pem_private_key(signer["key"].encode(), None)
builder = (
    x509.CertificateBuilder()
    .subject_name(subject)
    .issuer_name(issuer)
    .public_key(key.public_key())
    .serial_number(x509.random_serial_number())
    .not_valid_before(now + datetime.timedelta(days=asked["from_days"]))
    .not_valid_after(now + datetime.timedelta(days=asked["to_days"]))
    .add_extension(x509.BasicConstraints(ca=asked["authority"], path_length=None), critical=True)
)
if asked["names"]:
    names = x509.SubjectAlternativeName([x509.DNSName(name) for name in asked["names"]])
    builder = builder.add_extension(names, critical=False)
made = builder.sign(signing_key, hashes.SHA256())
pem = serialization.Encoding.PEM
private = key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
json.dump({"certificate": made.public_bytes(pem).decode(), "key": private.decode()}, sys.stdout)

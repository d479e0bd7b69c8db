"""Calls one operation of the lab's AWS endpoint.

Reads {"service", "operation", "arguments", "binary"} from standard input and writes the answer, both in JSON.
"""

import json
import sys

import boto3

asked = json.load(sys.stdin)
client = boto3.client(
    asked["service"],
    region_name=sys.argv[1],
    endpoint_url="http://127.0.0.1:5000",
    aws_access_key_id="lab",
    aws_secret_access_key="lab",
)
arguments = {k: v.encode() if k in asked["binary"] else v for k, v in asked["arguments"].items()}
json.dump(getattr(client, asked["operation"])(**arguments), sys.stdout, default=str)

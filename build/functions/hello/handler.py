"""Example of a function: greets whoever asks, over its HTTP API or by invocation."""

import json


def handler(event, context):
    name = (event.get("queryStringParameters") or {}).get("name") or event.get("name", "world")
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "body": json.dumps({"message": f"Hello, {name}!", "request_id": context.aws_request_id}),
    }

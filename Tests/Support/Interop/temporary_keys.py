"""Temporary keys for a bucket, by Amazon's own client.

    python temporary_keys.py ENDPOINT REGION KEY_ID SECRET AUTHORITY

Prints them as JSON: id, secret, token.
"""

import json
import sys

import boto3

endpoint, region, key_id, secret, authority = sys.argv[1:]
client = boto3.client(
    "sts", endpoint_url=endpoint, region_name=region, aws_access_key_id=key_id, aws_secret_access_key=secret,
    verify=authority)
keys = client.assume_role(RoleArn="arn:aws:iam::123456789012:role/export", RoleSessionName="zone")["Credentials"]
print(json.dumps({"id": keys["AccessKeyId"], "secret": keys["SecretAccessKey"], "token": keys["SessionToken"]}))

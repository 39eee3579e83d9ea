"""A store as the clients of others see it: boto3 for buckets, Microsoft's SDKs for Azure.

    python store_client.py SETTINGS fetch PREFIX FOLDER
    python store_client.py SETTINGS put KEY FILE
    python store_client.py SETTINGS delete KEY

SETTINGS is a file of JSON: `kind` is s3, blob, container (by its SAS URL) or lake; the rest says how to sign in.
"""

import json
import os
import sys


class Bucket:
    def __init__(self, it):
        import boto3
        from botocore.config import Config

        self.name = it["bucket"]
        self.client = boto3.client(
            "s3", endpoint_url=it["endpoint"], region_name=it["region"], aws_access_key_id=it["id"],
            aws_secret_access_key=it["secret"], verify=it["authority"],
            config=Config(s3={"addressing_style": "path"}))

    def names(self, prefix):
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix):
            yield from (entry["Key"] for entry in page.get("Contents", []))

    def read(self, key):
        return self.client.get_object(Bucket=self.name, Key=key)["Body"].read()

    def put(self, key, content):
        self.client.put_object(Bucket=self.name, Key=key, Body=content)

    def delete(self, key):
        self.client.delete_object(Bucket=self.name, Key=key)


class Blobs:
    def __init__(self, it):
        from azure.storage.blob import BlobServiceClient, ContainerClient

        if it["kind"] == "container":
            self.container = ContainerClient.from_container_url(it["url"], connection_verify=it["authority"])
        else:
            self.container = BlobServiceClient.from_connection_string(
                it["connection"], connection_verify=it["authority"]).get_container_client(it["container"])

    def names(self, prefix):
        return [blob.name for blob in self.container.list_blobs(prefix)]

    def read(self, key):
        return self.container.download_blob(key).readall()

    def put(self, key, content):
        self.container.upload_blob(key, content, overwrite=True)

    def delete(self, key):
        self.container.delete_blob(key)


class Lake:
    def __init__(self, it):
        from azure.identity import ClientSecretCredential
        from azure.storage.filedatalake import DataLakeServiceClient

        credential = ClientSecretCredential(
            it["tenant"], it["client"], it["secret"], authority=it["tokens"], disable_instance_discovery=True,
            connection_verify=it["authority"])
        self.files = DataLakeServiceClient(
            it["url"], credential=credential, connection_verify=it["authority"]
        ).get_file_system_client(it["container"])

    def names(self, prefix):
        return [path.name for path in self.files.get_paths(prefix) if not path.is_directory]

    def read(self, key):
        return self.files.get_file_client(key).download_file().readall()

    def put(self, key, content):
        self.files.get_file_client(key).upload_data(content, overwrite=True)

    def delete(self, key):
        self.files.get_file_client(key).delete_file()


def main(settings, command, key, file=None):
    with open(settings) as source:
        it = json.load(source)
    store = {"s3": Bucket, "blob": Blobs, "container": Blobs, "lake": Lake}[it["kind"]](it)
    if command == "delete":
        store.delete(key)
    elif command == "put":
        with open(file, "rb") as source:
            store.put(key, source.read())
    else:
        for name in store.names(key):
            path = os.path.join(file, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as target:
                target.write(store.read(name))


if __name__ == "__main__":
    main(*sys.argv[1:])

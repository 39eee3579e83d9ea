"""Reads all blobs of a container with Microsoft's SDK: SHA-256 and name, one a line.

    python azure_hashes.py URL ACCOUNT KEY CONTAINER
"""

import hashlib
import sys

from azure.storage.blob import ContainerClient

url, account, key, container = sys.argv[1:]
client = ContainerClient(url, container, credential={"account_name": account, "account_key": key})
for blob in client.list_blobs():
    if blob.get("size") or not blob.name.startswith("lake"):
        print(hashlib.sha256(client.download_blob(blob.name).readall()).hexdigest(), blob.name)

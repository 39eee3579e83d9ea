"""Containers with their blobs, blocks and directories. Content lies in files, so that gigabytes may go through."""

import os
import threading
import uuid


class Segment:
    """A piece of content in a file of its own, removed with the last reference to it."""

    def __init__(self, folder):
        self.path = os.path.join(folder, uuid.uuid4().hex)
        self.length = 0

    def write(self, chunks):
        with open(self.path, "wb", buffering=0) as file:
            for chunk in chunks:
                file.write(chunk)
                self.length += len(chunk)
        return self

    def __del__(self):
        try:
            os.unlink(self.path)
        except OSError:
            pass


class Blob:
    """A committed blob, or a file of the data lake."""

    def __init__(self, segments, now, blocks=(), headers=None, metadata=None):
        self.segments = list(segments)
        self.blocks = list(blocks)
        self.headers = headers or {}
        self.metadata = metadata or {}
        self.created = now
        self.appended = {}
        self.touch(now)

    @property
    def length(self):
        return sum(segment.length for segment in self.segments)

    def touch(self, now):
        self.modified = now
        self.etag = f'"0x8D{uuid.uuid4().hex[:13].upper()}"'


class Container:
    """The blobs of one container, their uncommitted blocks, and its directories."""

    def __init__(self, now):
        self.lock = threading.RLock()
        self.blobs = {}
        self.uncommitted = {}
        self.directories = {}
        self.modified = now
        self.sorted = None

    def put(self, name, blob):
        self.blobs[name] = blob
        self.uncommitted.pop(name, None)
        self.sorted = None

    def remove(self, name):
        del self.blobs[name]
        self.sorted = None

    def names(self):
        """The names of all committed blobs in the order of their bytes."""
        if self.sorted is None:
            self.sorted = sorted(self.blobs, key=lambda name: name.encode())
        return self.sorted


class Store:
    """The containers of all accounts."""

    def __init__(self, folder):
        self.folder = folder
        self.lock = threading.Lock()
        self.accounts = {}

    def containers(self, account):
        with self.lock:
            return self.accounts.setdefault(account, {})

    def container(self, account, name):
        return self.containers(account).get(name)

    def segment(self, chunks):
        return Segment(self.folder).write(chunks)

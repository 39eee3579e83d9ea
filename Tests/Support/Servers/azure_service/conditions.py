"""Conditional headers, ranges and checksums, which all services treat alike."""

import base64
import hashlib
import re

from .answers import Refusal

TABLE = []


def check_conditions(request, blob, exists_code="BlobAlreadyExists"):
    """Refuses where If-Match or If-None-Match do not hold for what is there (None for nothing)."""
    match, none_match = request.header("if-match"), request.header("if-none-match")
    unmet = Refusal(412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.")
    if match is not None and (blob is None or match not in ("*", blob.etag)):
        raise unmet
    if none_match is not None and blob is not None:
        if none_match == "*":
            raise Refusal(409, exists_code, "The specified path already exists.")
        if none_match == blob.etag:
            raise unmet


def byte_range(request, length):
    """The range that is asked for, as first byte and the one past the last; None for everything."""
    text = request.header("x-ms-range") or request.header("range")
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", text or "")
    if not found:
        return None
    first = int(found[1])
    last = int(found[2]) if found[2] else length - 1
    if first >= length or last < first:
        raise Refusal(416, "InvalidRange", "The range specified is invalid for the current size of the resource.",
                      headers={"Content-Range": f"bytes */{length}"})
    return first, min(last, length - 1) + 1


def checked(request, chunks):
    """Passes the chunks on, and refuses at their end if a checksum in the headers is another."""
    md5, crc = request.header("content-md5"), request.header("x-ms-content-crc64")
    digest, remainder = hashlib.md5(), 0
    for chunk in chunks:
        if md5:
            digest.update(chunk)
        if crc:
            remainder = crc64(chunk, remainder)
        yield chunk
    if md5 and base64.b64encode(digest.digest()).decode() != md5:
        raise Refusal(400, "Md5Mismatch",
                      "The MD5 value specified in the request did not match with the MD5 value calculated by the server.")
    if crc and base64.b64encode(remainder.to_bytes(8, "little")).decode() != crc:
        raise Refusal(400, "Crc64Mismatch",
                      "The CRC64 value specified in the request did not match with the CRC64 value calculated by the server.")


def crc64(data, value=0):
    """The CRC-64 of Azure Storage."""
    if not TABLE:
        for byte in range(256):
            for _ in range(8):
                byte = byte >> 1 ^ (0x9A6C9329AC4BC9B5 if byte & 1 else 0)
            TABLE.append(byte)
    value ^= 0xFFFFFFFFFFFFFFFF
    for byte in data:
        value = value >> 8 ^ TABLE[(value ^ byte) & 0xFF]
    return value ^ 0xFFFFFFFFFFFFFFFF

// What an export has left in a folder, as programs see it that know nothing of ours.
import TestFiles

/// A folder with exports of records that have a `part` and an `n`.
struct ExportedFolder {
    /// How many different records there are, how often each, how many manifests, whether the manifest lists what is
    /// there, and which other files there are.
    let facts: String

    /// Reads all files below a folder.
    init(_ folder: String) throws {
        facts = try Sluice.python(
            """
            import collections, glob, gzip, json, os, sys
            found = [os.path.join(f, name) for f, _, names in os.walk(sys.argv[1]) for name in names]
            parts = [f for f in found if os.path.basename(f).startswith("part-")]
            manifests = [f for f in found if os.path.basename(f).startswith("manifest-")]
            rows = collections.Counter((row["part"], row["n"]) for part in parts for row in map(json.loads, gzip.open(part)))
            listed = sorted((r["name"], r["size"]) for r in json.load(open(manifests[0]))["exportResults"])
            there = sorted((os.path.basename(part), os.path.getsize(part)) for part in parts)
            others = [f for f in found if f not in parts + manifests]
            print(len(rows), set(rows.values()), len(manifests), listed == there, others)
            """, folder)
    }
}

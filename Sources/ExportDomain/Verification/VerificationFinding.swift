// The differences that verification can find, each with its word for scripts and its sentence for people.
import Languages

/// One difference between what was promised and what is there.
public enum VerificationFinding: Sendable, Hashable, Localized {
    /// A file that the run wrote is not there.
    case missing(path: String)
    /// A file has another size than the run wrote.
    case size(path: String, expected: Int, found: Int)
    /// A file is there that no run wrote.
    case extra(path: String)
    /// So many more of such files are in the folder than are named one by one.
    case moreExtra(folder: String, count: Int)
    /// A file can be read, but its bytes are not those that were sent; their SHA-256 in hex.
    case digest(path: String, expected: String, found: String)
    /// A file has another number of rows than the run wrote.
    case rows(path: String, expected: Int, found: Int)
    /// A file cannot be read to its end as what it is: why, as part of a sentence.
    case unreadable(path: String, reason: Text)
    /// All files of a run together are not what the run has counted.
    case total(folder: String, of: Quantity, expected: Int, found: Int)
    /// The manifest was promised and is not there.
    case manifestMissing(path: String)
    /// The manifest does not say what the run record says.
    case manifestDiffers(path: String, reason: Text)

    /// What a run counts.
    public enum Quantity: String, Sendable, Hashable {
        /// Files without the manifest.
        case files
        /// Bytes of these files.
        case bytes
        /// Records in them.
        case records
    }

    /// The word by which scripts tell findings apart.
    public var kind: String { title.english }

    /// The same word for people; the English one is what scripts know.
    public var title: Text {
        switch self {
        case .missing: Text("missing")
        case .size: Text("size")
        case .extra, .moreExtra: Text("extra")
        case .digest: Text("digest")
        case .rows: Text("rows")
        case .unreadable: Text("unreadable")
        case .total: Text("total")
        case .manifestMissing: Text("manifest-missing")
        case .manifestDiffers: Text("manifest-differs")
        }
    }

    /// The file; the folder where many are meant.
    public var path: String {
        switch self {
        case .missing(let path), .size(let path, _, _), .extra(let path), .moreExtra(let path, _),
            .digest(let path, _, _), .rows(let path, _, _), .unreadable(let path, _),
            .total(let path, _, _, _), .manifestMissing(let path), .manifestDiffers(let path, _):
            path
        }
    }

    /// The same of a file or folder whose path is written with something before it.
    func written(below root: String) -> VerificationFinding {
        switch self {
        case .missing(let path): .missing(path: root + path)
        case .size(let path, let expected, let found):
            .size(path: root + path, expected: expected, found: found)
        case .extra(let path): .extra(path: root + path)
        case .moreExtra(let folder, let count): .moreExtra(folder: root + folder, count: count)
        case .digest(let path, let expected, let found):
            .digest(path: root + path, expected: expected, found: found)
        case .rows(let path, let expected, let found):
            .rows(path: root + path, expected: expected, found: found)
        case .unreadable(let path, let reason): .unreadable(path: root + path, reason: reason)
        case .total(let folder, let quantity, let expected, let found):
            .total(folder: root + folder, of: quantity, expected: expected, found: found)
        case .manifestMissing(let path): .manifestMissing(path: root + path)
        case .manifestDiffers(let path, let reason): .manifestDiffers(path: root + path, reason: reason)
        }
    }

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The difference in one sentence, with what to do.
    public var text: Text {
        switch self {
        case .missing(let path): Text("\(path) was exported and is no longer there: export again")
        case .size(let path, let expected, let found):
            Text("\(path) has \(Text.bytes(found)) and was exported with \(expected): export again")
        case .extra(let path): Text("\(path) was not written by this flow: find out who did")
        case .moreExtra(let folder, 1):
            Text(
                "\(folder)/ has 1 more file that was not written by this flow: export to a folder of its own"
            )
        case .moreExtra(let folder, let count):
            Text(
                "\(folder)/ has \(count) more files that were not written by this flow: export to a folder of its own"
            )
        case .digest(let path, let expected, let found):
            Text(
                "\(path) was changed since it was exported (SHA-256 \(found.prefix(12))… instead of \(expected.prefix(12))…): export again, and find out who changed it"
            )
        case .rows(let path, let expected, let found):
            Text("\(path) has \(Text.rows(found)) and was exported with \(expected): export again")
        case .unreadable(let path, let reason): Text("\(path) cannot be read back: \(reason); export again")
        case .total(let folder, let quantity, let expected, let found):
            Text(
                "\(folder)/ has \(quantity.text(found)) and the run counts \(expected): compare the files with the dataset, and export again"
            )
        case .manifestMissing(let path): Text("\(path), the manifest, is not there: export again")
        case .manifestDiffers(let path, let reason): Text("\(path), the manifest, \(reason)")
        }
    }
}

extension VerificationFinding.Quantity {
    fileprivate func text(_ count: Int) -> Text {
        switch self {
        case .files: .files(count)
        case .bytes: .bytes(count)
        case .records: .records(count)
        }
    }
}

extension Text {
    static func bytes(_ count: Int) -> Text { count == 1 ? Text("1 byte") : Text("\(count) bytes") }

    fileprivate static func files(_ count: Int) -> Text {
        count == 1 ? Text("1 file") : Text("\(count) files")
    }

    fileprivate static func records(_ count: Int) -> Text {
        count == 1 ? Text("1 record") : Text("\(count) records")
    }

    fileprivate static func rows(_ count: Int) -> Text { count == 1 ? Text("1 row") : Text("\(count) rows") }
}

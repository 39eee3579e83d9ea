// Every sentence that is said of records that cannot be read: what failed, on what, why, what to do.

import Glibc
import Languages

extension RecordsError: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        switch self {
        case .unreadable(let file, let code):
            Self.advice(for: code).map {
                Text("Cannot read \(file): \(String(cString: strerror(code))). \($0)")
            }
                ?? Text("Cannot read \(file): \(String(cString: strerror(code))).")
        case .notAFile(let file):
            Text("Cannot read \(file): it is not a file. Give the path of an NDJSON file, plain or gzip.")
        case .damagedGzip(let file, let fault):
            Text("Cannot read \(file): \(fault). Copy the file again from where it came.")
        case .outOfMemory:
            Text("There is not enough memory to compress the records. End other programs, and try again.")
        case .compressionFailed:
            Text(
                "The records could not be compressed: libdeflate gave what is not a deflate stream. Install its current version."
            )
        case .malformedLine(let line, let count) where count > 1:
            Text("\(line), the first of at least \(count) such lines. Correct them, or choose to skip them.")
        case .malformedLine(let line, _):
            Text("\(line). Correct it, or choose to skip such lines.")
        case .noFields:
            Text("The records have no fields, so no Parquet file can hold them. Export them as JSON.")
        case .tooManyFields(let maximum, let object):
            Text(
                "The records have more than \(maximum) fields: \(Self.name(ofObject: object)) has names that look like data. Export them as JSON, or turn these names into values."
            )
        case .misfit(let misfit):
            Text("\(misfit). Correct it, or choose another schema.")
        }
    }

    private static func name(ofObject path: String) -> Text {
        path.isEmpty ? Text("the record itself") : Text("the object “\(path)”")
    }

    private static func advice(for code: Int32) -> Text? {
        switch code {
        case ENOENT: Text("Check the path.")
        case EACCES, EPERM: Text("Grant this user the right to read it.")
        default: nil
        }
    }
}

extension GzipFault: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// What is wrong, as part of a sentence.
    public var text: Text {
        switch self {
        case .notGzip: Text("it is no gzip file")
        case .truncated: Text("the gzip stream ends too early, so the file is incomplete")
        case .invalidData(let words): Text("the gzip stream is damaged (\(words))")
        case .wrongChecksum: Text("the gzip stream is damaged (its checksum is wrong)")
        case .wrongLength: Text("the gzip stream is damaged (its length is wrong)")
        case .trailingGarbage: Text("something that is not gzip follows the gzip stream")
        case .secondMember: Text("a second gzip stream follows the first")
        }
    }
}

extension MalformedLine: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// Which line, and what is wrong with it, as the beginning of a sentence.
    public var text: Text {
        Text("Line \(line) of \(file) is not a JSON object: \(fault)")
    }
}

extension JSONLineFault: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// What is wrong and where, as part of a sentence.
    public var text: Text {
        switch rule {
        case .tooLong: reason
        default: Text("\(reason) (at byte \(offset + 1))")
        }
    }

    private var reason: Text {
        switch rule {
        case .notAnObject: Text("it does not begin with “{”")
        case .unfinished: Text("it ends before the object does")
        case .unexpectedByte: Text("a name, a value, a comma, a colon or a bracket is missing")
        case .textAfterObject: Text("something follows the object")
        case .controlCharacter: Text("a control character stands in a string")
        case .invalidEscape: Text("a backslash is followed by what is no escape")
        case .invalidUTF8: Text("a string is not UTF-8")
        case .invalidNumber: Text("a number is not written as JSON wants it")
        case .invalidLiteral: Text("a word is neither true nor false nor null")
        case .tooDeep: Text("it is nested more than \(JSONLineValidator.maximumDepth) deep")
        case .tooLong(let maximum): Text("it is longer than \(maximum) bytes")
        }
    }
}

extension RecordMisfit: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// Which value, and why it does not fit, as the beginning of a sentence.
    public var text: Text {
        let field = path.joined(separator: ".")
        return switch reason {
        case .unknownField: Text("Line \(line) of \(file) has the field “\(field)”, which the schema has not")
        case .missing: Text("Line \(line) of \(file) has nothing in “\(field)”, which is required")
        case .unfit(let type): Text("Line \(line) of \(file) has in “\(field)” what is no \(type)")
        case .tooLarge: Text("Line \(line) of \(file) has too many nulls for its length in “\(field)”")
        }
    }
}

// Every sentence that is said of records that cannot be read: what failed, on what, why, what to do.

import Glibc

extension RecordsError: CustomStringConvertible {
    /// A sentence a person can act on.
    public var description: String {
        switch self {
        case .unreadable(let file, let code):
            "Cannot read \(file): \(String(cString: strerror(code))).\(Self.advice(for: code))"
        case .notAFile(let file):
            "Cannot read \(file): it is not a file. Give the path of an NDJSON file, plain or gzip."
        case .damagedGzip(let file, let fault):
            "Cannot read \(file): \(fault). Copy the file again from where it came."
        case .outOfMemory:
            "There is not enough memory to compress the records. End other programs, and try again."
        case .compressionFailed:
            "The records could not be compressed: libdeflate gave what is not a deflate stream. Install its current version."
        case .malformedLine(let line, let count) where count > 1:
            "\(line), the first of at least \(count) such lines. Correct them, or choose to skip them."
        case .malformedLine(let line, _):
            "\(line). Correct it, or choose to skip such lines."
        case .noFields:
            "The records have no fields, so no Parquet file can hold them. Export them as JSON."
        case .tooManyFields(let maximum, let object):
            "The records have more than \(maximum) fields: \(Self.name(ofObject: object)) has names that look "
                + "like data. Export them as JSON, or turn these names into values."
        case .misfit(let misfit):
            "\(misfit). Correct it, or choose another schema."
        }
    }

    private static func name(ofObject path: String) -> String {
        path.isEmpty ? "the record itself" : "the object “\(path)”"
    }

    private static func advice(for code: Int32) -> String {
        switch code {
        case ENOENT: " Check the path."
        case EACCES, EPERM: " Grant this user the right to read it."
        default: ""
        }
    }
}

extension GzipFault: CustomStringConvertible {
    /// What is wrong, as part of a sentence.
    public var description: String {
        switch self {
        case .notGzip: "it is no gzip file"
        case .truncated: "the gzip stream ends too early, so the file is incomplete"
        case .invalidData(let words): "the gzip stream is damaged (\(words))"
        case .wrongChecksum: "the gzip stream is damaged (its checksum is wrong)"
        case .wrongLength: "the gzip stream is damaged (its length is wrong)"
        case .trailingGarbage: "something that is not gzip follows the gzip stream"
        case .secondMember: "a second gzip stream follows the first"
        }
    }
}

extension MalformedLine: CustomStringConvertible {
    /// Which line, and what is wrong with it, as the beginning of a sentence.
    public var description: String {
        "Line \(line) of \(file) is not a JSON object: \(fault)"
    }
}

extension JSONLineFault: CustomStringConvertible {
    /// What is wrong and where, as part of a sentence.
    public var description: String {
        switch rule {
        case .tooLong: reason
        default: "\(reason) (at byte \(offset + 1))"
        }
    }

    private var reason: String {
        switch rule {
        case .notAnObject: "it does not begin with “{”"
        case .unfinished: "it ends before the object does"
        case .unexpectedByte: "a name, a value, a comma, a colon or a bracket is missing"
        case .textAfterObject: "something follows the object"
        case .controlCharacter: "a control character stands in a string"
        case .invalidEscape: "a backslash is followed by what is no escape"
        case .invalidUTF8: "a string is not UTF-8"
        case .invalidNumber: "a number is not written as JSON wants it"
        case .invalidLiteral: "a word is neither true nor false nor null"
        case .tooDeep: "it is nested more than \(JSONLineValidator.maximumDepth) deep"
        case .tooLong(let maximum): "it is longer than \(maximum) bytes"
        }
    }
}

extension RecordMisfit: CustomStringConvertible {
    /// Which value, and why it does not fit, as the beginning of a sentence.
    public var description: String {
        let field = path.joined(separator: ".")
        return switch reason {
        case .unknownField: "Line \(line) of \(file) has the field “\(field)”, which the schema has not"
        case .missing: "Line \(line) of \(file) has nothing in “\(field)”, which is required"
        case .unfit(let type): "Line \(line) of \(file) has in “\(field)” what is no \(type)"
        case .tooLarge: "Line \(line) of \(file) has too many nulls for its length in “\(field)”"
        }
    }
}

// An error of a run as its row has it: in English, and so that it can be told in every language.
import ExportDomain
import FoundationEssentials
import Languages

/// What a run failed for, or what it noted.
struct StoredRunError: Codable, Sendable {
    var code: String
    /// In English.
    var message: String
    /// For whoever reads it, in any language; nil where an older version wrote it.
    ///
    /// It has no values that are not in the message too.
    var text: Text?

    private init(_ error: FlowRunError) {
        (code, message, text) = (error.code, error.message, error.text)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        code = try container.decode(String.self, forKey: .code)
        message = try container.decode(String.self, forKey: .message)
        // The message says the same.
        text = try? container.decodeIfPresent(Text.self, forKey: .text)
    }

    private var entity: FlowRunError {
        text.map { FlowRunError(code: code, text: $0) } ?? FlowRunError(code: code, message: message)
    }

    /// The errors in a column.
    static func decoded(_ errors: String) -> [FlowRunError] {
        ((try? JSONDecoder().decode([StoredRunError].self, from: Data(errors.utf8))) ?? []).map(\.entity)
    }

    /// Errors as a column has them.
    static func encoded(_ errors: [FlowRunError]) throws -> String {
        String(decoding: try JSONEncoder().encode(errors.map(StoredRunError.init)), as: UTF8.self)
    }
}

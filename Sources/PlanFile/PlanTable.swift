// One table of a plan: its keys, asked for by type, with the error of whichever is not what it should be.
import ExportDomain
import FoundationEssentials
import Languages
import TOMLText

/// A table of a document; nil as its name is the top of the file.
struct PlanTable {
    let document: TOMLDocument
    /// The name of the file.
    let file: String
    let name: String?
    let values: [String: TOMLNode]

    func key(_ name: String) -> PlanFileError.Key { PlanFileError.Key(name: name, table: self.name) }

    func error(_ name: String, _ problem: (PlanFileError.Key) -> PlanFileError.Problem) -> PlanFileError {
        PlanFileError(
            file: file, line: document.line(of: name, in: self.name), problem: problem(key(name)))
    }

    func wrongType(_ name: String, expected: Text, found: TOMLNode) -> PlanFileError {
        error(name) { .wrongType($0, expected: expected, found: found.kindText) }
    }

    /// The text of a key, or nil where it is absent.
    func text(_ name: String) throws(PlanFileError) -> String? {
        switch values[name] {
        case nil: return nil
        case .text("")?: throw error(name) { .empty($0) }
        case .text(let text)?: return text
        case let other?: throw wrongType(name, expected: Text("text in quotes"), found: other)
        }
    }

    /// The text of a key that must be there.
    func text(_ name: String, example: String) throws(PlanFileError) -> String {
        guard let text = try text(name) else { throw missing(name, example: example) }
        return text
    }

    /// The texts of a list that must be there, and have one at least.
    func texts(_ name: String, expected: Text, example: String) throws(PlanFileError) -> [String] {
        switch values[name] {
        case nil: throw missing(name, example: example)
        case .list([])?: throw error(name) { .empty($0) }
        case .list(let items)?:
            var texts: [String] = []
            for item in items {
                guard case .text(let text) = item else {
                    throw error(name) {
                        .wrongType($0, expected: expected, found: Text("a list with \(item.kindText) in it"))
                    }
                }
                texts.append(text)
            }
            return texts
        case let other?: throw wrongType(name, expected: expected, found: other)
        }
    }

    func missing(_ name: String, example: String) -> PlanFileError {
        error(name) { .missing($0, example: example) }
    }

    /// One of several words, or nil where the key is absent.
    func choice<Choice>(_ name: String, among choices: [(String, Choice)]) throws(PlanFileError) -> Choice? {
        guard let text = try text(name) else { return nil }
        guard let choice = choices.first(where: { $0.0 == text }) else {
            throw error(name) { .notAChoice($0, value: text, choices: choices.map(\.0)) }
        }
        return choice.1
    }

    /// The whole number of a key, or nil where it is absent.
    func integer(_ name: String) throws(PlanFileError) -> Int? {
        switch values[name] {
        case nil: return nil
        case .integer(let number)?: return number
        case let other?: throw wrongType(name, expected: Text("a whole number"), found: other)
        }
    }

    /// The instant of a key in whole seconds, or nil where it is absent.
    func instant(_ name: String) throws(PlanFileError) -> Date? {
        guard let value = values[name] else { return nil }
        if case .instant(let instant) = value { return instant }
        if case .text(let text) = value, let instant = Date(rfc3339: text) {
            return Date(timeIntervalSince1970: instant.timeIntervalSince1970.rounded(.down))
        }
        throw wrongType(name, expected: Text("a date and time such as 2026-12-01T06:00:00Z"), found: value)
    }
}

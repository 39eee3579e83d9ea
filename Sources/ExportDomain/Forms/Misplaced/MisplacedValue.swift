// A value that was put into the wrong field, or into one where several are meant: what it looks like and where
// its pieces belong. The form offers to put them there.
import Languages
import Secrets

/// What a value in the wrong field looks like.
public struct MisplacedValue: Sendable, Equatable {
    /// A piece of the value and the field that it belongs into.
    public struct Piece: Sendable, Equatable {
        /// The key of the field.
        public var key: String
        /// The label of the field.
        public var label: Text
        /// The piece; a secret where the field takes one.
        public var answer: FormAnswer
    }

    /// What the value looks like, in words that hold no secret.
    public var likeness: Text
    /// The pieces, in the order of the form; empty where no field of the form takes them.
    public var pieces: [Piece] = []
    /// What to do where there are no pieces.
    public var advice: Text?

    /// Whether the value holds a secret, so that it should not stay readable in a field for something else.
    public var holdsSecret: Bool {
        pieces.contains { if case .secret = $0.answer { true } else { false } }
    }

    /// What to do, in a sentence without a stop.
    ///
    /// - Parameter way: what a person does to have the pieces put into their fields: “press Ctrl-Y”.
    public func sentence(_ way: Text) -> Text {
        if let advice { return Text("This looks like \(likeness): \(advice)") }
        let parts = pieces.map { piece in
            switch piece.answer {
            case .secret: Text("the secret into \(piece.label)")
            case .value: Text("\(piece.answer.text) into \(piece.label)")
            }
        }
        return parts.isEmpty
            ? Text("This looks like \(likeness): \(way) to put it where it belongs")
            : Text("This looks like \(likeness): \(way) to put \(Text.all(of: parts))")
    }
}

extension ConnectionSpec {
    /// What a value looks like that does not belong, or not as it is, into a field of this kind of destination;
    /// nil where nothing speaks against it.
    ///
    /// - Parameters:
    ///   - text: the value, with its line breaks where it was pasted with some.
    ///   - key: the field that it was put into.
    ///   - fields: the fields that the form shows.
    public func misplacedValue(
        _ text: String, in key: String, of fields: [FormModel.Field]
    ) -> MisplacedValue? {
        let text = text.tidied
        guard !text.isEmpty, text.utf8.count <= FormModel.longestFile else { return nil }
        let form = FieldsOfForm(spec: self, fields: fields)
        let found =
            form.keyText(text, in: key) ?? form.connectionString(text, in: key)
            ?? form.keyPair(text, in: key) ?? form.roleName(text, in: key) ?? form.place(text, in: key)
        guard let found else { return nil }
        // The value is where it belongs and as it should be.
        if found.pieces.count == 1, found.pieces[0].key == key, found.pieces[0].answer.text == text {
            return nil
        }
        return found
    }
}

/// The fields of a form, for those who look for the right one.
struct FieldsOfForm {
    var spec: ConnectionSpec
    var fields: [FormModel.Field]

    func has(_ key: String) -> Bool { fields.contains { $0.id == key } }

    /// The values with the fields that take them, in the order of the form; those without a field are left out.
    func pieces(_ values: [String: String]) -> [MisplacedValue.Piece] {
        fields.compactMap { field in
            guard let text = values[field.id], !text.isEmpty else { return nil }
            let answer: FormAnswer = field.kind == .secret ? .secret(Secret(text)) : .value(.string(text))
            return MisplacedValue.Piece(key: field.id, label: field.label, answer: answer)
        }
    }

    /// The way of signing in that has a field with that key.
    func authentication(with key: String) -> String? {
        spec.authSpecs.first { $0.spec.properties[key] != nil }?.name
    }
}

extension String {
    /// The text without blanks and without a pair of quotes at its ends.
    var tidied: String {
        let text = trimmingWhitespace(self)
        guard text.count > 1, let quote = text.first, quote == text.last, "\"'`".contains(quote) else {
            return String(text)
        }
        return String(trimmingWhitespace(text.dropFirst().dropLast()))
    }

    private func trimmingWhitespace(_ text: some BidirectionalCollection<Character>) -> Substring {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

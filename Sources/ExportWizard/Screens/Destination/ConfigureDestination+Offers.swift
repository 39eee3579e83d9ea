// What the form does about values that are not quite what their field asks for: it tidies them when they are
// left, and offers to put those in the wrong field where they belong. The rules are ExportDomain's.
import ExportDomain
import Languages
import Secrets
import TerminalKit

extension ConfigureDestination {
    /// The field whose offer a key would take: the one being edited, or else the first that has one.
    private var offeredField: String? {
        if let id = form.focused?.id, offers[id]?.pieces.isEmpty == false { return id }
        return form.fields.first { offers[$0.id]?.pieces.isEmpty == false }?.id
    }

    /// Whether there is something to put where it belongs.
    var hasOffer: Bool { offeredField != nil }

    /// Looks whether a value belongs elsewhere.
    mutating func look(at text: String, in id: String) {
        let fields = modelFields
        guard let field = fields.first(where: { $0.id == id }) else { return }
        offers[id] = spec.misplacedValue(text, in: id, of: fields)
        // A secret in a field for something else is not shown there either.
        guard case .text(var input)? = form.field(id)?.input else { return }
        input.isSecret = field.kind == .secret || offers[id]?.holdsSecret == true
        form.setInput(.text(input), of: id)
    }

    /// Puts the pieces of a value where they belong.
    mutating func takeOffer() {
        guard let id = offeredField, let offer = offers[id] else { return }
        let before = form
        form.beginStep()
        offers[id] = nil
        replaceText(of: id, with: "")
        for piece in offer.pieces {
            if case .secret(let secret) = piece.answer {
                replaceText(of: piece.key, with: secret.reveal())
            } else {
                replaceText(of: piece.key, with: piece.answer.text)
            }
            refused[piece.key] = nil
            offers[piece.key] = nil
            form.visit(piece.key)
        }
        look(at: form.text(of: id), in: id)
        changed(from: before)
        form.note(Text("Put into \(Text.all(of: offer.pieces.map(\.label)))"))
    }

    /// Takes off a value what clearly does not belong to it, and says so.
    mutating func tidy(_ id: String) {
        guard let field = modelFields.first(where: { $0.id == id }), offers[id] == nil,
            case .text(let input)? = form.field(id)?.input, let tidied = field.tidied(input.text)
        else { return }
        replaceText(of: id, with: tidied.text)
        form.note(tidied.notice)
    }

    mutating func replaceText(of id: String, with text: String) { form.replaceText(of: id, with: text) }
}

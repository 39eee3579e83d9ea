// An element of an answer in XML, and how values are taken out of it. It knows no service.

import FoundationEssentials

/// An element with all that is in it.
struct XMLElement: Hashable, Sendable {
    /// Its name, without a namespace's prefix.
    let name: String
    /// The text directly in it; the white space around child elements is there too.
    var text = ""
    /// Its attributes, in their order; declarations of namespaces are none.
    var attributes: [Attribute] = []
    /// The elements directly in it, in their order.
    var children: [XMLElement] = []

    /// A name and its value.
    struct Attribute: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// An element with nothing in it.
    init(name: String) { self.name = name }

    /// The first child of this name.
    subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    /// All children of this name.
    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// The text of the element that is reached by these names, one in the other; nil if one is not there.
    func text(_ path: String...) -> String? {
        var element = self
        for name in path {
            guard let child = element[name] else { return nil }
            element = child
        }
        return element.text
    }

    /// The whole number that a child's text is; nil if it is none.
    func integer(_ name: String) -> Int64? { text(name).flatMap { Int64($0) } }

    /// The time that a child's text is, like `2026-11-25T18:00:00.000Z`; nil if it is none.
    func time(_ name: String) -> Date? { text(name).flatMap { try? Date($0, strategy: .iso8601) } }

    /// Whether a child's text is `true`.
    func isTrue(_ name: String) -> Bool { text(name) == "true" }
}

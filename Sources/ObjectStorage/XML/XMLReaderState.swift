// What Expat calls while it reads: the elements that are open, and those that have ended.

import CExpat
import Glibc

/// The elements of a document that is being read.
final class XMLReaderState {
    let limits: XMLLimits
    private let delivered: Set<String>
    private var open: [XMLElement] = []
    private var textLength = 0
    private var ended: [XMLElement] = []
    /// The root, once it has ended.
    private(set) var root: XMLElement?
    /// What is wrong with the document, if anything but its form is.
    private(set) var error: XMLError?

    init(delivered: Set<String>, limits: XMLLimits) {
        self.delivered = delivered
        self.limits = limits
    }

    /// Whether the root has ended.
    var isAtEnd: Bool { root != nil }

    /// The elements that have ended since this was last asked.
    func takeDelivered() -> [XMLElement] {
        defer { ended = [] }
        return ended
    }

    private func begin(_ name: String, _ attributes: [XMLElement.Attribute]) {
        guard error == nil else { return }
        guard open.count < limits.depth else { return error = .tooDeep(limit: limits.depth) }
        var element = XMLElement(name: name)
        element.attributes = attributes
        open.append(element)
        textLength = 0
        count(attributes.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count })
    }

    private func add(_ text: UnsafeRawBufferPointer) {
        guard error == nil, let last = open.indices.last else { return }
        count(text.count)
        open[last].text += String(decoding: text, as: UTF8.self)
    }

    private func count(_ bytes: Int) {
        textLength += bytes
        if textLength > limits.text { error = .textTooLong(limit: limits.text) }
    }

    private func end() {
        guard error == nil, let element = open.popLast() else { return }
        textLength = open.last?.text.utf8.count ?? 0
        if delivered.contains(element.name) {
            ended.append(element)
        } else if let parent = open.indices.last {
            open[parent].children.append(element)
        }
        if open.isEmpty { root = element }
    }
}

// The calls come from C, with the state as an untyped pointer, which `XMLReader` keeps alive.
extension XMLReaderState {
    /// Stands between a namespace and a name: nothing that a namespace can have.
    static let separator = CChar(bitPattern: UInt8(ascii: "\n"))

    /// Has a parser call this state, as long as both are there.
    func attach(to parser: XML_Parser?) {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
            XMLReaderState.at(context)?.error = .documentType
        }
        XML_SetElementHandler(
            parser,
            { context, name, attributes in
                guard let name else { return }
                XMLReaderState.at(context)?
                    .begin(XMLReaderState.localName(name), XMLReaderState.attributes(attributes))
            },
            { context, _ in XMLReaderState.at(context)?.end() })
        XML_SetCharacterDataHandler(parser) { context, text, count in
            let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
            XMLReaderState.at(context)?.add(bytes)
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> XMLReaderState? {
        context.map { Unmanaged<XMLReaderState>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A name without its namespace.
    private static func localName(_ name: UnsafePointer<CChar>) -> String {
        String(cString: strrchr(name, Int32(separator)).map { UnsafePointer($0) + 1 } ?? name)
    }

    /// Expat gives two pointers an attribute, name and value, and nothing after the last.
    private static func attributes(
        _ pointers: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) -> [XMLElement.Attribute] {
        var attributes: [XMLElement.Attribute] = []
        var next = pointers
        while let pair = next, let name = pair[0], let value = pair[1] {
            attributes.append(XMLElement.Attribute(name: localName(name), value: String(cString: value)))
            next = pair + 2
        }
        return attributes
    }
}

// What libxml2's parser calls while it reads: the elements that are open, and those that have ended.

import CLibXML2

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

    private func add(_ text: UnsafeBufferPointer<UInt8>) {
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
    static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.internalSubset = { context, _, _, _ in
            XMLReaderState.at(context)?.error = .documentType
        }
        handler.startElementNs = { context, name, _, _, _, _, count, _, values in
            guard let name else { return }
            XMLReaderState.at(context)?
                .begin(String(cString: name), XMLReaderState.attributes(values, count: Int(count)))
        }
        handler.endElementNs = { context, _, _, _ in XMLReaderState.at(context)?.end() }
        handler.characters = { context, text, count in
            XMLReaderState.at(context)?.add(UnsafeBufferPointer(start: text, count: Int(count)))
        }
        // Errors are asked for when a call fails; without this libxml2 prints them.
        handler.serror = { _, _ in }
        return handler
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> XMLReaderState? {
        context.map { Unmanaged<XMLReaderState>.fromOpaque($0).takeUnretainedValue() }
    }

    /// libxml2 gives five pointers an attribute: name, prefix, namespace, and begin and end of the value.
    private static func attributes(
        _ pointers: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int
    ) -> [XMLElement.Attribute] {
        (0..<count).compactMap { number in
            guard let group = pointers.map({ $0 + 5 * number }),
                let name = group[0], let start = group[3], let end = group[4]
            else { return nil }
            let value = UnsafeBufferPointer(start: start, count: end - start)
            return XMLElement.Attribute(
                name: String(cString: name), value: String(decoding: value, as: UTF8.self))
        }
    }
}

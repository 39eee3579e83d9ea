// Reads XML as it comes, by Expat: no document types, no entities but the five that XML has itself, nothing fetched. It
// knows no service.

import CExpat

/// Reads one document, piece after piece, and hands out elements as soon as they have ended.
///
///     let reader = XMLReader(delivering: ["Contents"])
///     for try await chunk in body { for object in try reader.read(chunk) { … } }
///     let root = try reader.finish()
final class XMLReader {
    private let state: XMLReaderState
    private let parser: XML_Parser?
    private var byteCount = 0

    /// Reads a document.
    ///
    /// - Parameter names: the elements that are handed out when they end, and then forgotten; all others
    ///   stay in the root, which `finish` returns.
    init(delivering names: Set<String> = [], limits: XMLLimits = XMLLimits()) {
        parser = XML_ParserCreateNS(nil, XMLReaderState.separator)
        state = XMLReaderState(delivered: names, limits: limits)
        state.attach(to: parser)
    }

    deinit { XML_ParserFree(parser) }

    /// Takes the next bytes; returns the elements that ended in them.
    func read(_ bytes: [UInt8]) throws(XMLError) -> [XMLElement] {
        // S3 sends blanks while it completes an upload, and XML must begin at the first byte.
        let isAtStart = byteCount == 0
        let bytes = isAtStart ? bytes.drop { [0x20, 0x0A, 0x0D, 0x09].contains($0) } : bytes[...]
        byteCount += bytes.count
        guard byteCount <= state.limits.bytes else { throw .tooLong(limit: state.limits.bytes) }
        try parse(bytes, isEnd: false)
        return state.takeDelivered()
    }

    /// The root, when all bytes were read.
    func finish() throws(XMLError) -> XMLElement {
        try parse([], isEnd: true)
        guard let root = state.root else { throw .incomplete }
        return root
    }

    private func parse(_ bytes: ArraySlice<UInt8>, isEnd: Bool) throws(XMLError) {
        let status = bytes.withUnsafeBytes {
            XML_Parse(
                parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), isEnd ? 1 : 0)
        }
        if let error = state.error { throw error }
        guard status != XML_STATUS_OK else { return }
        if isEnd && !state.isAtEnd { throw .incomplete }
        let code = XML_GetErrorCode(parser)
        throw .malformed(XML_ErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)")
    }
}

extension XMLReader {
    /// The root of a small document.
    static func root(of bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws(XMLError) -> XMLElement {
        let reader = XMLReader(limits: limits)
        _ = try reader.read(bytes)
        return try reader.finish()
    }

    /// Reads a document to its end, calling `visit` with each element of one of the `names`; returns the root
    /// with all others.
    static func root(
        of body: some AsyncSequence<[UInt8], any Error>, delivering names: Set<String> = [],
        limits: XMLLimits = XMLLimits(), visit: (XMLElement) throws -> Void = { _ in }
    ) async throws -> XMLElement {
        let reader = XMLReader(delivering: names, limits: limits)
        for try await chunk in body {
            for element in try reader.read(chunk) { try visit(element) }
        }
        return try reader.finish()
    }
}

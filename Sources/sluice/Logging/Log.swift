// The log: what happens on the embedded platform and at the server, each a line.
import EmbeddedPlatform
import ExportDomain
import FlowServiceServer
import FoundationEssentials
import Logging
import TerminalKit

/// A log that is open.
struct Log: Sendable {
    private let logger: Logger

    /// Logs to a file what is at least of a level.
    init(_ file: LogFile, format: LogFormat, level: Logger.Level) {
        logger = Logger(label: "sluice") { _ in
            LineLogHandler(file: file, format: format, logLevel: level)
        }
    }

    /// What a platform tells what happens.
    ///
    /// - Parameter sandbox: the sandbox that the platform is; nil where there is only one.
    func observer(sandbox: String? = nil) -> @Sendable (PlatformEvent) -> Void {
        { event in
            let entry = LogEntry(event)
            var facts = entry.facts
            facts["sandbox"] = sandbox.map { .string($0) }
            logger.log(level: entry.level, "\(entry.message)", metadata: facts)
        }
    }

    /// Logs a request that was answered.
    func request(_ entry: AccessLogEntry) {
        logger.info(
            "\(entry.words)",
            metadata: [
                "event": "request", "peer": .string(entry.peer), "method": .string(entry.method),
                "path": .string(entry.path), "code": .stringConvertible(entry.status),
                "bytes": .stringConvertible(entry.bytes),
                "milliseconds": .stringConvertible(entry.milliseconds),
            ])
    }
}

/// Writes each event as one line.
struct LineLogHandler: LogHandler {
    let file: LogFile
    let format: LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let time = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let message = TextWidth.standard.sanitized(event.message.description)
        switch format {
        case .text:
            let level = TextWidth.standard.padded(event.level.rawValue.uppercased(), to: 8)
            file.write("\(time) \(level) \(message)")
        case .json:
            var facts = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues(\.json)
            facts["time"] = .string(time)
            facts["level"] = .string(event.level.rawValue)
            facts["message"] = .string(message)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            guard let line = try? encoder.encode(JSONValue.object(facts)) else { return }
            file.write(String(decoding: line, as: UTF8.self))
        }
    }
}

extension Logger.MetadataValue {
    /// The value as JSON: numbers stay such, texts lose what could steer a terminal.
    fileprivate var json: JSONValue {
        switch self {
        case .string(let text): .string(TextWidth.standard.sanitized(text))
        case .stringConvertible(let value as Int): .integer(value)
        case .stringConvertible(let value as Double): .number(value)
        case .stringConvertible(let value): .string(TextWidth.standard.sanitized(value.description))
        case .array(let values): .array(values.map(\.json))
        case .dictionary(let members): .object(members.mapValues(\.json))
        }
    }
}

// Metrics as text (OpenMetrics 1.0).

/// A metric with its samples.
struct MetricFamily: Sendable {
    /// What kind of numbers its samples are (section 4.4).
    enum Kind: String, Sendable {
        case gauge, counter, summary
    }

    /// Its name, without the endings of samples; it ends in its unit.
    var name: String
    var kind: Kind
    /// `seconds` or `bytes`; nil for a number of things.
    var unit: String?
    /// What it is, in one sentence.
    var help: String
    var samples: [Sample] = []

    /// One number.
    struct Sample: Sendable {
        /// What its name has beside the family's: `_total`, `_count`, `_sum`, or nothing.
        var suffix = ""
        var labels: [(name: String, value: String)] = []
        var value: Double
    }

    /// The families as the body of an answer; one without samples is left out.
    static func text(_ families: [MetricFamily]) -> String {
        families.filter { !$0.samples.isEmpty }.map(\.text).joined() + "# EOF\n"
    }

    /// The type of such a body.
    static let mediaType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    private var text: String {
        var lines = ["# TYPE \(name) \(kind.rawValue)"]
        if let unit { lines.append("# UNIT \(name) \(unit)") }
        lines.append("# HELP \(name) \(Self.escaped(help))")
        lines += samples.map { sample in
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(
                separator: ",")
            return
                "\(name)\(sample.suffix)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(sample.value))"
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// A text between quotes (section 4.1, `escaped-string`).
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? value.description
    }
}

// The folder that each run creates, as a template with macros (`scheduleParams.foldernameTemplate`).
import FoundationEssentials
import Languages

/// A macro of a folder template.
public enum FolderMacro: Sendable, Hashable {
    /// Id of the dataset.
    case datasetID
    /// Name of the dataset.
    case datasetName
    /// Name of the kind of destination, like “Amazon S3”.
    case destination
    /// Name given to this destination connection.
    case destinationInstanceName
    /// Id of this destination connection.
    case destinationInstanceID
    /// Name of the sandbox.
    case sandboxName
    /// Name of the organisation.
    case organizationName
    /// The scheduled time as `exportTime=YYYYMMDDHHMM`.
    case exportTime
    /// The scheduled time in a pattern of one's own, such as `YYYYMMdd_HHmmss`.
    case dateTime(pattern: String)

    /// The macros as they are offered, in the order of the dialog.
    public static let offered: [FolderMacro] = [
        .datasetID, .datasetName, .destination, .destinationInstanceName, .destinationInstanceID,
        .sandboxName, .organizationName, .exportTime, .dateTime(pattern: "YYYYMMdd_HHmmss"),
    ]

    /// The macro as it is written, without its percent signs.
    public var name: String {
        switch self {
        case .datasetID: "DATASET_ID"
        case .datasetName: "DATASET_NAME"
        case .destination: "DESTINATION"
        case .destinationInstanceName: "DESTINATION_INSTANCE_NAME"
        case .destinationInstanceID: "DESTINATION_INSTANCE_ID"
        case .sandboxName: "SANDBOX_NAME"
        case .organizationName: "ORGANIZATION_NAME"
        case .exportTime: "EXPORT_TIME"
        case .dateTime(let pattern): "DATETIME(\(pattern))"
        }
    }

    /// Reads a macro from what stands between two percent signs.
    init?(name: Substring) {
        if name.hasPrefix("DATETIME("), name.hasSuffix(")") {
            self = .dateTime(pattern: String(name.dropFirst("DATETIME(".count).dropLast()))
        } else if let macro = Self.offered.first(where: { $0.name == name }) {
            self = macro
        } else {
            return nil
        }
    }

    /// The pattern of what a time becomes; nil for what does not depend on the time.
    var timePattern: String? {
        switch self {
        case .exportTime: Self.exportTimeName + "YYYYMMddHHmm"
        case .dateTime(let pattern): pattern
        default: nil
        }
    }

    /// What stands before the digits of an export time.
    static let exportTimeName = "exportTime="

    var isTime: Bool { timePattern != nil }

    var isDataset: Bool { self == .datasetID || self == .datasetName }
}

/// What the macros of one run become.
public struct FolderContext: Sendable, Hashable {
    /// The dataset.
    public var dataset: DatasetReference
    /// Name of the kind of destination, like “Data Landing Zone”.
    public var destination: String
    /// Name given to the destination connection.
    public var instanceName: String
    /// Id of the destination connection; nil before it exists.
    public var instanceID: Identifier<TargetConnection>?
    /// Name of the sandbox.
    public var sandboxName: String
    /// Name of the organisation.
    public var organizationName: String
    /// The scheduled time.
    public var exportTime: Date

    /// Takes what every macro stands for.
    public init(
        dataset: DatasetReference, destination: String, instanceName: String,
        instanceID: Identifier<TargetConnection>?, place: Place, exportTime: Date
    ) {
        self.dataset = dataset
        self.destination = destination
        self.instanceName = instanceName
        self.instanceID = instanceID
        self.sandboxName = place.sandboxName
        self.organizationName = place.organizationName
        self.exportTime = exportTime
    }
}

/// Where a platform's entities live.
public struct Place: Sendable, Hashable {
    /// Name of the organisation.
    public var organizationName: String
    /// Name of the sandbox, lowercase.
    public var sandboxName: String

    /// Names an organisation and one of its sandboxes.
    public init(organizationName: String, sandboxName: String) {
        self.organizationName = organizationName
        self.sandboxName = sandboxName
    }
}

/// A folder template: text and macros, `/` between folders.
///
/// Just `/` means the connection's own folder.
public struct FolderTemplate: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The template as it was written.
    public let text: String
    private let parts: [Part]

    private enum Part: Sendable, Hashable {
        case text(String)
        case macro(FolderMacro)
    }

    /// Experience Platform's default: a folder for the dataset, and in it one for each run.
    public static let standard = FolderTemplate(
        text: "%DATASET_ID%/%EXPORT_TIME%",
        parts: [.macro(.datasetID), .text("/"), .macro(.exportTime)])

    private init(text: String, parts: [Part]) {
        self.text = text
        self.parts = parts
    }

    /// Reads a template.
    /// - Throws: `FolderTemplateProblem` for what keeps it from being used.
    public init(_ text: String) throws(FolderTemplateProblem) {
        self.init(text: text, parts: try Self.parse(text))
        try checkTimes()
        try checkFolders()
    }

    /// Takes a template that a platform has accepted: macros that this version does not know stay as they are.
    public init(accepted text: String) {
        self = (try? FolderTemplate(text)) ?? FolderTemplate(text: text, parts: [.text(text)])
    }

    /// The template as it was written.
    public var description: String { text }

    /// Reads a template from its text.
    public init(from decoder: any Decoder) throws {
        self.init(accepted: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes a template as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The folders of one run, below the folder of the connection, without slashes at the ends; empty for `/`.
    public func expand(_ context: FolderContext) -> String {
        expand(context) { context.value(of: $0) }
    }

    /// The folders with another text for each macro that depends on the time.
    func expand(_ context: FolderContext, times: (FolderMacro) -> String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .macro(let macro): macro.isTime ? times(macro) : context.value(of: macro)
            }
        }
        .joined().trimmingSlashes
    }

    /// Whether runs at different times have different folders.
    public var dependsOnTime: Bool { timePattern != nil }

    /// Whether different datasets have different folders.
    public var dependsOnDataset: Bool {
        parts.contains { if case .macro(let macro) = $0 { macro.isDataset } else { false } }
    }

    /// The pattern of the first time in it; nil where there is none.
    var timePattern: String? {
        for case .macro(let macro) in parts {
            if let pattern = macro.timePattern { return pattern }
        }
        return nil
    }

    /// What a person should know before using the template, given how it will be used.
    public func warnings(datasetCount: Int, frequency: ExportFrequency) -> [FolderTemplateWarning] {
        let macros = parts.compactMap { if case .macro(let macro) = $0 { macro } else { nil } }
        var warnings: [FolderTemplateWarning] = []
        if frequency != .once, !macros.contains(where: \.isTime) { warnings.append(.runsShareAFolder) }
        if datasetCount > 1, !macros.contains(where: \.isDataset) { warnings.append(.datasetsShareAFolder) }
        return warnings
    }

    private static func parse(_ text: String) throws(FolderTemplateProblem) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let percent = rest.firstIndex(of: "%") {
            if percent > rest.startIndex { parts.append(.text(String(rest[..<percent]))) }
            let afterPercent = rest[rest.index(after: percent)...]
            guard let closing = afterPercent.firstIndex(of: "%") else {
                throw .unfinishedMacro(String(afterPercent))
            }
            guard let macro = FolderMacro(name: afterPercent[..<closing]) else {
                throw .unknownMacro(String(afterPercent[..<closing]))
            }
            if case .dateTime(let pattern) = macro, !DateTimePattern.isValid(pattern) {
                throw .badDateTime(pattern)
            }
            parts.append(.macro(macro))
            rest = afterPercent[afterPercent.index(after: closing)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
    }

    private func checkTimes() throws(FolderTemplateProblem) {
        let times = parts.filter { if case .macro(let macro) = $0 { macro.isTime } else { false } }
        if Set(times.map { $0 == .macro(.exportTime) }).count > 1 { throw .bothTimes }
    }

    private func checkFolders() throws(FolderTemplateProblem) {
        if text.isEmpty { throw .empty }
        if text == "/" { return }
        try FolderPath.check(text)
    }
}

extension FolderContext {
    func value(of macro: FolderMacro) -> String {
        switch macro {
        case .datasetID: FolderPath.escaped(dataset.id.rawValue)
        case .datasetName: FolderPath.escaped(dataset.name)
        case .destination: FolderPath.escaped(destination)
        case .destinationInstanceName: FolderPath.escaped(instanceName)
        case .destinationInstanceID: instanceID.map { FolderPath.escaped($0.rawValue) } ?? "‹id›"
        case .sandboxName: FolderPath.escaped(sandboxName)
        case .organizationName: FolderPath.escaped(organizationName)
        case .exportTime: FolderMacro.exportTimeName + exportTime.exportTime
        case .dateTime(let pattern): DateTimePattern.format(exportTime, pattern)
        }
    }
}

/// Why a folder template cannot be used.
public enum FolderTemplateProblem: Error, Sendable, Hashable, Localized {
    /// Nothing was given.
    case empty
    /// A percent sign without its partner.
    case unfinishedMacro(String)
    /// Not a macro.
    case unknownMacro(String)
    /// A `DATETIME` pattern with letters that mean nothing.
    case badDateTime(String)
    /// `%EXPORT_TIME%` and `%DATETIME(…)%` together.
    case bothTimes
    /// A folder without a name, or one called `.` or `..`.
    case badFolder(String)
    /// A character that no storage takes.
    case badCharacter

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The problem in words.
    public var text: Text {
        switch self {
        case .empty: Text("Needs a template; / alone puts all files into the destination's folder")
        case .unfinishedMacro(let name): Text("The macro %\(name) has no closing %")
        case .unknownMacro(let name):
            Text("%\(name)% is not a macro; ones like %DATASET_ID% are listed beside")
        case .badDateTime(let pattern):
            Text("DATETIME(\(pattern)) may have YYYY, MM, dd, HH, mm, ss and - _ . between them")
        case .bothTimes: Text("Use %EXPORT_TIME% or %DATETIME(…)%, not both")
        case .badFolder(""): Text("Two slashes in a row leave a folder without a name")
        case .badFolder(let name): Text("A folder cannot be called “\(name)”")
        case .badCharacter: Text("Has a control character or a backslash, which no folder name takes")
        }
    }
}

/// What to know before using a folder template.
public enum FolderTemplateWarning: Sendable, Hashable, Localized {
    /// No macro tells the runs apart.
    case runsShareAFolder
    /// No macro tells the datasets apart.
    case datasetsShareAFolder

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The warning in words.
    public var text: Text {
        switch self {
        case .runsShareAFolder: Text("Without %EXPORT_TIME% all runs of a dataset share a folder")
        case .datasetsShareAFolder: Text("Without %DATASET_ID% all datasets share a folder")
        }
    }
}

extension FolderMacro {
    /// What the macro becomes in a run.
    public func preview(in context: FolderContext) -> String { context.value(of: self) }
}

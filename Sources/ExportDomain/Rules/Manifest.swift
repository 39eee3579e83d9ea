// The manifest: the JSON list of a run's files, written last, so that a reader who waits for it never sees
// half an export.
import FoundationEssentials

/// The manifest of one run.
public struct Manifest: Sendable, Hashable, Decodable {
    /// The run.
    public var flowRunId: Identifier<FlowRun>
    /// The scheduled time, RFC 3339 in UTC with whole seconds.
    public var scheduledTime: String
    /// The files.
    public var exportResults: [ExportResult]

    /// One file.
    public struct ExportResult: Sendable, Hashable, Decodable {
        /// Folder of the file in the storage, with a leading slash and without the file's name.
        public var sinkPath: String
        /// The file's name.
        public var name: String
        /// The file's size in bytes.
        public var size: Int

        /// Describes one file.
        public init(sinkPath: String, name: String, size: Int) {
            self.sinkPath = sinkPath
            self.name = name
            self.size = size
        }
    }

    /// Lists the files of a run, all in one folder.
    public init(
        run: Identifier<FlowRun>, scheduledTime: Date, folder: String, files: [(name: String, bytes: Int)]
    ) {
        flowRunId = run
        self.scheduledTime = scheduledTime.rfc3339
        exportResults = files.map {
            ExportResult(sinkPath: "/" + folder.trimmingSlashes, name: $0.name, size: $0.bytes)
        }
    }

    /// Reads a manifest.
    /// - Throws: `DecodingError` where the bytes are not one.
    public init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(Manifest.self, from: Data(json))
    }

    /// The file's name: `manifest-<flow id>-<run id>.json`.
    public static func fileName(flow: Identifier<Flow>, run: Identifier<FlowRun>) -> String {
        "manifest-\(flow)-\(run).json"
    }

    /// Whether a file's name is that of a manifest, of whichever flow and run.
    public static func isFileName(_ name: String) -> Bool {
        name.wholeMatch(of: /manifest-[0-9a-f-]{36}-[0-9a-f-]{36}\.json/) != nil
    }

    /// The files that it lists.
    public var files: [ExportedFile] { exportResults.map { ExportedFile(path: $0.path, bytes: $0.size) } }

    /// The manifest with all its files in the folder that it lies in, beside which they always are, however the
    /// platform names that folder.
    public func placed(in folder: String) -> Manifest {
        var manifest = self
        for index in manifest.exportResults.indices {
            manifest.exportResults[index].sinkPath = "/" + folder
        }
        return manifest
    }

    /// The file's contents: one line, keys in Experience Platform's order, which no encoder keeps.
    public var json: String {
        let results = exportResults.map {
            #"{"sinkPath":\#(JSONValue.quoted($0.sinkPath)),"name":\#(JSONValue.quoted($0.name)),"size":\#($0.size)}"#
        }
        return
            #"{"flowRunId":\#(JSONValue.quoted(flowRunId.rawValue)),"scheduledTime":\#(JSONValue.quoted(scheduledTime)),"exportResults":[\#(results.joined(separator: ","))]}"#
    }
}

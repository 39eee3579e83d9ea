// Exports outside of the schedule (`POST /data/core/activation/disflowprovider/adhocrun`).
import ExportDomain

/// What is asked for: datasets of dataflows, to be exported at once.
public struct AdHocRequest: Sendable, Hashable {
    /// The media type that is asked for.
    public static let mediaType = "application/vnd.adobe.adhoc.dataset.activation+json; version=1"

    /// The dataflow.
    public var flowID: Identifier<Flow>
    /// Its datasets that are meant.
    public var datasetIDs: [Identifier<Dataset>]

    /// Asks for an export.
    public init(flowID: Identifier<Flow>, datasetIDs: [Identifier<Dataset>]) {
        self.flowID = flowID
        self.datasetIDs = datasetIDs
    }

    /// The request as JSON.
    public var json: JSONValue {
        let datasets = datasetIDs.map { JSONValue.object(["id": $0.json]) }
        let destination: [String: JSONValue] = ["flowId": flowID.json, "datasets": .array(datasets)]
        return .object(["activationInfo": .object(["destinations": .array([.object(destination)])])])
    }

    /// Reads a body; one for each dataflow in it.
    public static func requests(reading bytes: [UInt8]) throws(WireError) -> [AdHocRequest] {
        let noun = "request for an export"
        let object = try JSONObject(JSONValue(reading: bytes, as: noun), at: JSONPlace(noun))
        let info = try object.require(Field<JSONObject>("activationInfo"))
        var requests: [AdHocRequest] = []
        for destination in try info.require(Field<[JSONObject]>("destinations")) {
            var datasets: [Identifier<Dataset>] = []
            for dataset in try destination.require(Field<[JSONObject]>("datasets")) {
                datasets.append(try dataset.require(Field<Identifier<Dataset>>("id")))
            }
            requests.append(
                AdHocRequest(
                    flowID: try destination.require(Field<Identifier<Flow>>("flowId")), datasetIDs: datasets))
        }
        return requests
    }
}

/// A run that was begun outside of the schedule.
public struct AdHocRun: Sendable, Hashable {
    /// The dataset.
    public var datasetID: Identifier<Dataset>
    /// The dataflow.
    public var flowID: Identifier<Flow>
    /// Where its state can be asked for: a URL that ends with the run's id.
    public var statusURL: String

    /// Describes a run that was begun.
    public init(datasetID: Identifier<Dataset>, flowID: Identifier<Flow>, statusURL: String) {
        self.datasetID = datasetID
        self.flowID = flowID
        self.statusURL = statusURL
    }

    /// The id of the run; nil where the URL has none.
    public var runID: Identifier<FlowRun>? {
        let path = statusURL.prefix { $0 != "?" && $0 != "#" }
        guard let last = path.split(separator: "/").last, path.contains("/runs/") else { return nil }
        return Identifier(String(last))
    }

    /// Reads the answer to a request: the runs that were begun.
    public static func runs(reading bytes: [UInt8]) throws(WireError) -> [AdHocRun] {
        let noun = "answer to a request for an export"
        let object = try JSONObject(JSONValue(reading: bytes, as: noun), at: JSONPlace(noun))
        var runs: [AdHocRun] = []
        for destination in try object.require(Field<[JSONObject]>("destinations")) {
            for dataset in try destination.require(Field<[JSONObject]>("datasets")) {
                runs.append(
                    AdHocRun(
                        datasetID: try dataset.require(Field("id")),
                        flowID: try dataset.require(Field("flowId")),
                        statusURL: try dataset.require(Field("statusURL"))))
            }
        }
        return runs
    }

    /// The answer to a request as JSON.
    public static func json(of runs: [AdHocRun]) -> JSONValue {
        let datasets = runs.map {
            JSONValue.object([
                "id": $0.datasetID.json, "flowId": $0.flowID.json, "statusURL": .string($0.statusURL),
            ])
        }
        return .object(["destinations": .array([.object(["datasets": .array(datasets)])])])
    }
}

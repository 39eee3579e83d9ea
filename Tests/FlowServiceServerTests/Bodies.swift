// The bodies of the four creations, as clients send them.
import ExportDomain
import Foundation

/// Bodies of requests.
enum Bodies {
    static let landingZone = "10440537-2a7b-4583-ac39-ed38d4b848e8"
    static let landingZoneFlow = "cd2fc47e-e838-4f38-a581-8fff2f99b63a"
    static let amazonS3 = "4fce964d-3f37-408f-9778-e597338a21ee"
    static let dataLake = "23598e46-f560-407b-88d5-ea6207e49db0"

    static func source(_ dataset: String) -> String {
        """
        {"name":"Data lake","connectionSpec":{"id":"\(dataLake)","version":"1.0"},
         "params":{"datasets":[{"dataSetId":"\(dataset)"}]}}
        """
    }

    static func account(_ name: String = "Zone") -> String {
        #"{"name":"\#(name)","auth":null,"connectionSpec":{"id":"\#(landingZone)","version":"1.0"}}"#
    }

    static func target(_ account: String, path: String = "backups") -> String {
        """
        {"name":"Nightly exports","description":"For the archive","baseConnectionId":"\(account)",
         "params":{"mode":"Server-to-server","path":"\(path)","compression":"GZIP","datasetFileType":"JSON"},
         "connectionSpec":{"id":"\(landingZone)","version":"1.0"}}
        """
    }

    /// A full export, once; its start is in the past, so that it is due.
    static func flow(_ source: String, _ target: String, name: String = "Loyalty") -> String {
        """
        {"name":"\(name)","flowSpec":{"id":"\(landingZoneFlow)","version":"1.0"},
         "sourceConnectionIds":["\(source)"],"targetConnectionIds":["\(target)"],"transformations":[],
         "scheduleParams":{"exportMode":"DAILY_FULL_EXPORT","timeUnit":"day","interval":0,"startTime":1767250800}}
        """
    }

    /// An incremental export every day, its start and its end in the future; numbers as texts, as some write them.
    static func dailyFlow(_ source: String, _ target: String, name: String = "Daily") -> String {
        let start = Int(Date().timeIntervalSince1970) + 86_400
        return """
            {"name":"\(name)","flowSpec":{"id":"\(landingZoneFlow)","version":"1.0"},
             "sourceConnectionIds":["\(source)"],"targetConnectionIds":["\(target)"],"transformations":[],
             "scheduleParams":{"exportMode":"FIRST_FULL_THEN_INCREMENTAL","timeUnit":"day","interval":"1",
              "startTime":"\(start)","endTime":\(start + 30 * 86_400),"folderNameTemplate":"%DATASET_NAME%/%EXPORT_TIME%"}}
            """
    }
}

extension RunningServer {
    /// What a dataflow joins.
    struct Connections {
        var source: String
        var account: String
        var target: String
    }

    /// Makes what a dataflow joins, with a dataset of its own.
    func makeConnections(dataset name: String = "Orders") async throws -> Connections {
        let dataset = try await addDataset(name)
        let source = try await make("sourceConnections", Bodies.source(dataset.id.rawValue))
        let account = try await make("connections", Bodies.account())
        return Connections(
            source: source, account: account,
            target: try await make("targetConnections", Bodies.target(account)))
    }
}

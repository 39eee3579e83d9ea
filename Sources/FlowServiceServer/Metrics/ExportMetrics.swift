// The metrics of exports: a family each, with a sample a flow, or a flow and dataset. There are no others, so that
// their number does not grow with time.
import ExportDomain
import FoundationEssentials

/// Figures of the platforms of a server as metrics.
struct ExportMetrics: Sendable {
    /// The figures by the names of sandboxes.
    var figures: [(sandbox: String, figures: ExportFigures)]
    var now: Date

    private typealias Sample = MetricFamily.Sample
    private typealias Labels = [(name: String, value: String)]

    /// All families.
    var families: [MetricFamily] { ofDatasets + ofFlows }

    private var ofDatasets: [MetricFamily] {
        [
            MetricFamily(
                name: "sluice_runs", kind: .counter, help: "Runs that are over, by how they ended.",
                samples: datasets { labels, dataset in
                    let over = dataset.runs.filter { FlowRunStatus(word: $0.key).isOver }
                    // A rate is seen from the first failure on only where there was a zero before it.
                    let all = ["success": 0, "failed": 0].merging(over) { $1 }
                    return all.sorted { $0.key < $1.key }.map { status, count in
                        Sample(suffix: "_total", labels: labels + [("status", status)], value: Double(count))
                    }
                }),
            gauge("sluice_unfinished_runs", nil, "Runs that wait or are under way.") { dataset in
                Double(dataset.runs.filter { !FlowRunStatus(word: $0.key).isOver }.values.reduce(0, +))
            },
            counter("sluice_exported_records", nil, "Records written by runs that succeeded.") {
                Double($0.records)
            },
            counter("sluice_skipped_records", nil, "Records that these runs left out.") {
                Double($0.skippedRecords)
            },
            counter("sluice_exported_bytes", "bytes", "Bytes written by runs that succeeded.") {
                Double($0.bytes)
            },
            MetricFamily(
                name: "sluice_run_duration_seconds", kind: .summary, unit: "seconds",
                help: "How long runs have taken that are over.",
                samples: datasets { labels, dataset in
                    [
                        Sample(suffix: "_count", labels: labels, value: Double(dataset.timedRuns)),
                        Sample(suffix: "_sum", labels: labels, value: dataset.seconds),
                    ]
                }),
            gauge(
                "sluice_last_success_timestamp_seconds", "seconds", "When a run succeeded last."
            ) { $0.lastSuccess?.timeIntervalSince1970 },
            gauge(
                "sluice_since_last_success_seconds", "seconds", "How long ago a run succeeded last."
            ) { dataset in dataset.lastSuccess.map { max(0, now.timeIntervalSince($0)) } },
            gauge(
                "sluice_failing_since_timestamp_seconds", "seconds",
                "When a run failed first of those since the last success; absent where none has."
            ) { $0.failingSince?.timeIntervalSince1970 },
        ]
    }

    private var ofFlows: [MetricFamily] {
        [
            ofFlow("sluice_flow_enabled", .gauge, nil, "Whether the flow exports by its schedule: 1 or 0.") {
                $0.isEnabled ? 1 : 0
            },
            ofFlow(
                "sluice_flow_next_occurrence_timestamp_seconds", .gauge, "seconds",
                "When the flow exports next; absent where it does not."
            ) { $0.nextOccurrence?.timeIntervalSince1970 },
            ofFlow(
                "sluice_flow_end_timestamp_seconds", .gauge, "seconds",
                "The end date of the flow; absent where it has none."
            ) { $0.end?.timeIntervalSince1970 },
            ofFlow(
                "sluice_notifications_sent", .counter, nil,
                "Commands of the flow that have run and ended well."
            ) {
                Double($0.sentNotifications)
            },
            ofFlow("sluice_notifications_failed", .counter, nil, "Commands of the flow that have failed.") {
                Double($0.failedNotifications)
            },
            ofFlow(
                "sluice_notifications_waiting", .gauge, nil, "Notifications of the flow that are to be sent."
            ) {
                Double($0.waitingNotifications)
            },
        ]
    }

    private func counter(
        _ name: String, _ unit: String?, _ help: String, _ value: (ExportFigures.OfDataset) -> Double?
    ) -> MetricFamily {
        MetricFamily(
            name: name, kind: .counter, unit: unit, help: help,
            samples: datasets { labels, dataset in
                value(dataset).map { [Sample(suffix: "_total", labels: labels, value: $0)] } ?? []
            })
    }

    private func gauge(
        _ name: String, _ unit: String?, _ help: String, _ value: (ExportFigures.OfDataset) -> Double?
    ) -> MetricFamily {
        MetricFamily(
            name: name, kind: .gauge, unit: unit, help: help,
            samples: datasets { labels, dataset in
                value(dataset).map { [Sample(labels: labels, value: $0)] } ?? []
            })
    }

    private func ofFlow(
        _ name: String, _ kind: MetricFamily.Kind, _ unit: String?, _ help: String,
        _ value: (ExportFigures.OfFlow) -> Double?
    ) -> MetricFamily {
        MetricFamily(
            name: name, kind: kind, unit: unit, help: help,
            samples: flows.compactMap { labels, flow in
                value(flow).map {
                    Sample(suffix: kind == .counter ? "_total" : "", labels: labels, value: $0)
                }
            })
    }

    private var flows: [(Labels, ExportFigures.OfFlow)] {
        figures.flatMap { sandbox, figures in
            figures.flows.map { flow in
                ([("sandbox", sandbox), ("flow_id", flow.id.rawValue), ("flow", flow.name)], flow)
            }
        }
    }

    private func datasets(_ samples: (Labels, ExportFigures.OfDataset) -> [Sample]) -> [Sample] {
        flows.flatMap { labels, flow in
            flow.datasets.flatMap { dataset in
                samples(
                    labels + [
                        ("dataset_id", dataset.dataset.id.rawValue), ("dataset", dataset.dataset.name),
                    ],
                    dataset)
            }
        }
    }
}

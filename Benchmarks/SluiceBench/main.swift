import FoundationEssentials
import SampleLake

let folder = CommandLine.arguments[1]
let scale = Double(CommandLine.arguments[2]) ?? 1
let clock = ContinuousClock()
let all = try await clock.measure {
    for (i, dataset) in SampleLake.datasets.enumerated() {
        let path = folder + "/\(i)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let t = try await clock.measure { _ = try await SampleLake.generate(dataset, into: path, now: Date(timeIntervalSince1970: 1_800_000_000), scale: scale) }
        print(dataset.name, t)
    }
}
print(all)

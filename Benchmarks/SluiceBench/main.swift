// Measures what the program is for, beside the tools that people have for it. Every figure is the median of
// three runs, taken alternately in one go on this machine.
//
//     sluice-bench lake [SCALE]        how fast the sample lake is written
//     sluice-bench check [SCALE]       how fast records are checked and counted
//     sluice-bench events ROWS FOLDER  writes the standard events to FOLDER/events.ndjson
//     sluice-bench gzip [GIGABYTES]    records to one gzip member, beside gzip -6 and pigz -6
//     sluice-bench shape SOURCE SHAPE  notes what the records of a file look like
//     sluice-bench convert SOURCE TARGET [--codec CODEC] [--shape SHAPE]
//                                      one file into .json.gz or .parquet, as an export does it
//     sluice-bench cancel [ROUNDS]     how long cancelling takes, in each phase of a transfer
//     sluice-bench search [ITEMS]      searching so many names letter by letter, beside fzf
//     sluice-bench put STORE … SOURCE  a file, or the files of a folder, into a storage (see Uploads.swift)

import Glibc
import ParallelWork

Heap.suitParallelWork()

let arguments = Array(CommandLine.arguments.dropFirst())
let amount = arguments.dropFirst().first.flatMap(Double.init)
do {
    switch arguments.first {
    case "lake": try await benchmarkLake(scale: amount ?? 1)
    case "check": try await benchmarkCheck(scale: amount ?? 1)
    case "gzip": try await benchmarkGzip(gigabytes: amount ?? 1)
    case "events":
        guard arguments.count == 3, let rows = Int(arguments[1]), rows >= 0 else { usage() }
        print(try await writeEvents(rows: rows, into: arguments[2]))
    case "compress": try await compress(arguments[1])
    case "convert":
        guard arguments.count >= 3 else { usage() }
        let options = try conversionOptions(arguments.dropFirst(3))
        try await convert(
            arguments[1], to: arguments[2], codec: options["--codec"], shapePath: options["--shape"])
    case "shape":
        guard arguments.count == 3 else { usage() }
        try await writeShape(of: arguments[1], to: arguments[2])
    case "cancel":
        guard try await benchmarkCancellations(rounds: Int(amount ?? 20)) else { end(1) }
    case "search": try await benchmarkSearch(items: Int(amount ?? 1_000_000))
    case "put": try await put(Array(arguments.dropFirst()))
    default: usage()
    }
    end(0)
} catch {
    print("sluice-bench: \(error)")
    end(1)
}

/// Ends as the program does: without the libraries' exit handlers, which would take away what the threads of
/// connections may still be using.
func end(_ status: Int32) -> Never {
    fflush(nil)
    _exit(status)
}

func usage() -> Never {
    print("usage: sluice-bench lake [SCALE] | check [SCALE] | events ROWS FOLDER | gzip [GIGABYTES]")
    print("       sluice-bench shape SOURCE SHAPE | convert SOURCE TARGET [--codec CODEC] [--shape SHAPE]")
    print("       sluice-bench cancel [ROUNDS] | search [ITEMS]")
    print("       sluice-bench put s3 ENDPOINT BUCKET PREFIX SOURCE")
    print("       sluice-bench put sftp USER@HOST:PORT KEY KNOWN-HOSTS FOLDER SOURCE")
    end(2)
}

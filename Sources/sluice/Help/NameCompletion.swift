// Names that a shell completes: what there is on the embedded platform of this machine. Nothing is asked over a network
// for a press of Tab.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import Preferences
import Profiles

extension CompletionKind {
    /// The dataflows, by name.
    static let flowNames = names { platform in try await platform.allFlows().map(\.draft.name) }

    /// The datasets, by name; more than a thousand help nobody who looks for one.
    static let datasetNames = names { platform in
        var names: [String] = []
        var page: DatasetPage
        repeat {
            page = try await platform.exportableDatasets(start: names.count, limit: 100)
            names += page.items.map(\.name)
        } while page.hasNext && names.count < 1_000
        return names
    }

    /// The destinations, by name.
    static let destinationNames = names { platform in
        try await platform.allTargetConnections().map(\.draft.name)
    }

    /// The kinds of destination.
    static let destinationKinds = names { platform in try await platform.connectionSpecs().map(\.name) }

    /// The newest runs, by id.
    static let runIDs = names { platform in
        try await platform.newestRuns(of: platform.allFlows(), limit: 100).map(\.id.rawValue)
    }

    /// The profiles.
    static let profileNames = CompletionKind.custom { words, _, _ in
        let store = try? PlatformOpener(completing: words)?.profiles().read()
        return CompletionShell.candidates(store?.all.keys.map(\.text).sorted() ?? [])
    }

    /// The themes, those of a person's own too.
    static let themeNames = CompletionKind.custom { words, _, _ in
        let home = PlatformOpener.value(of: "--home", in: words)
        let folder = ConfigurationFolder(home: home, environment: ProcessInfo.processInfo.environment)
        return CompletionShell.candidates(folder.themeNames.map(\.name))
    }

    private static func names(
        _ list: @escaping @Sendable (any FlowService) async throws -> [String]
    ) -> CompletionKind {
        .custom { words, _, _ in
            guard let opener = PlatformOpener(completing: words),
                (try? opener.selection()) == .embedded
            else { return [] }
            let found = try? Blocking.wait { try await list(opener.embedded()) }
            return CompletionShell.candidates(found ?? [])
        }
    }
}

extension PlatformOpener {
    /// An opener for a command that is being typed; nil where there is no home folder yet, which a press of Tab does
    /// not make.
    fileprivate init?(completing words: [String]) {
        self.init(home: Self.value(of: "--home", in: words), passphrase: PassphraseSource())
        profile = Self.value(of: "--profile", in: words)
        passphrase.mayAsk = false
        guard let folder = Home.location(path: home, environment: environment),
            FileManager.default.fileExists(atPath: folder)
        else { return nil }
    }

    fileprivate static func value(of option: String, in words: [String]) -> String? {
        for (word, next) in zip(words, words.dropFirst()) where word == option { return next }
        return words.lazy.compactMap { word in
            word.hasPrefix(option + "=") ? String(word.dropFirst(option.count + 1)) : nil
        }.first
    }
}

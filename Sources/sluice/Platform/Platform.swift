// What commands and the wizard work on, whichever platform it is.
import EmbeddedPlatform
import ExportDomain
import Languages

/// A Flow Service, and what lies in the storages of its destinations.
struct Platform: Sendable {
    /// Which platform it is.
    enum Kind: Sendable {
        /// The one that the program carries.
        case embedded(EmbeddedPlatform)
        /// The one of a profile, by its name.
        case profile(String)
        /// The one whose credential the environment holds.
        case environment
    }

    let flowService: any FlowService
    let exports: any StoredExports
    let kind: Kind
    /// Where what is made is noted meanwhile.
    let journal: any WorkJournal
    /// The credentials that could not be kept on this machine.
    var unkept = UnkeptCredentials()

    /// The platform in a word or two, for the title bar.
    var title: Text {
        switch kind {
        case .embedded: Text("embedded platform")
        case .profile(let name): .verbatim(name)
        case .environment: Text("environment")
        }
    }

    /// What can be done about runs beyond Flow Service; nil where the platform offers nothing.
    var runControl: (any RunControl)? { if case .embedded(let platform) = kind { platform } else { nil } }

    /// What takes what dataflows are to tell; nil where the platform tells nothing.
    var notificationSettings: (any NotificationSettings)? {
        if case .embedded(let platform) = kind { platform } else { nil }
    }

    /// Runs whatever a flow has to run now, where nobody else does.
    func runHere(_ flow: Identifier<Flow>) async throws {
        if case .embedded(let platform) = kind { _ = try await platform.runDue(flow: flow) }
    }

    /// Whether runs are made by this process, and stop with it.
    var isEmbedded: Bool { if case .embedded = kind { true } else { false } }
}

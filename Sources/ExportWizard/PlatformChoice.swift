// The platforms that the wizard can work on. What they are is known to whoever opened it: the wizard has their names,
// and asks for one of them.
import Languages
import TerminalKit

/// Names a platform, and one of its sandboxes, to whoever opened the wizard.
public struct PlatformID: Hashable, Sendable {
    /// The platform.
    public var platform: String
    /// The sandbox; nil for the one that the platform is set up with.
    public var sandbox: String?

    /// Names a platform.
    public init(_ platform: String, sandbox: String? = nil) {
        self.platform = platform
        self.sandbox = sandbox
    }
}

/// A platform, or one of its sandboxes, as the list of platforms shows it.
public struct PlatformChoice: Equatable, Sendable, Identifiable {
    /// What it is called by.
    public var id: PlatformID
    /// Its name.
    public var name: Text
    /// What else is worth knowing, like its sandbox.
    public var detail: Text?
    /// Whether the wizard works on it now.
    public var isCurrent: Bool
    /// Whether its sandboxes can be asked for.
    public var hasSandboxes: Bool

    /// Describes a platform.
    public init(
        id: PlatformID, name: Text, detail: Text? = nil, isCurrent: Bool = false, hasSandboxes: Bool = false
    ) {
        self.id = id
        self.name = name
        self.detail = detail
        self.isCurrent = isCurrent
        self.hasSandboxes = hasSandboxes
    }
}

/// What makes the screens of a platform look different from those of others.
public enum PlatformAccent: Equatable, Sendable {
    /// The theme's colour of production.
    case production
    /// A colour that somebody has chosen.
    case color(Color)
}

/// A platform that was opened for the wizard.
public struct OpenedPlatform: Sendable {
    /// What the wizard is told of it.
    public var setting: Wizard.Setting
    /// The way to it.
    public var services: WizardServices

    /// Puts the two together.
    public init(setting: Wizard.Setting, services: WizardServices) {
        self.setting = setting
        self.services = services
    }
}

/// The way from one platform to another.
public struct PlatformSwitch: Sendable {
    /// All platforms that there are.
    public var choices: @Sendable () async throws -> [PlatformChoice]
    /// The sandboxes of a platform.
    public var sandboxes: @Sendable (PlatformID) async throws -> [PlatformChoice]
    /// Opens a platform.
    public var open: @Sendable (PlatformID) async throws -> OpenedPlatform

    /// Puts the way together.
    public init(
        choices: @escaping @Sendable () async throws -> [PlatformChoice],
        sandboxes: @escaping @Sendable (PlatformID) async throws -> [PlatformChoice],
        open: @escaping @Sendable (PlatformID) async throws -> OpenedPlatform
    ) {
        self.choices = choices
        self.sandboxes = sandboxes
        self.open = open
    }
}

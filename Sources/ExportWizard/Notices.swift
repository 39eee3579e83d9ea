// What tells somebody who looks elsewhere that runs have ended.

/// What tells that the runs which the verification pane shows have ended.
public struct Notices: Equatable, Sendable {
    /// Whether the terminal's bell rings.
    public var bell: Bool
    /// Whether the window gets a title, until the wizard is left.
    public var title: Bool
    /// Whether the terminal shows a notification on the desktop.
    public var notification: Bool

    /// Nothing at all, as for a terminal that is to be quiet.
    public static let none = Notices(bell: false, title: false, notification: false)

    /// What a person has chosen; without arguments as it is where nobody has chosen anything.
    public init(bell: Bool = false, title: Bool = true, notification: Bool = false) {
        self.bell = bell
        self.title = title
        self.notification = notification
    }
}

// Variables of the environment that say yes or no.
import Languages

/// Something that a variable of the environment switches on or off.
enum EnvironmentSwitch: String {
    /// Asking everything line by line.
    case plain = "SLUICE_PLAIN"
    /// Changing nothing.
    case readOnly = "SLUICE_READ_ONLY"

    /// What the variable says; nil where it leaves it open.
    /// - Throws: `Failure` for anything but yes and no.
    func value(in environment: [String: String]) throws -> Bool? {
        switch environment[rawValue]?.lowercased() {
        case nil, "": return nil
        case "1", "yes", "true", "on": return true
        case "0", "no", "false", "off": return false
        case let other?: throw Failure(refusal(other), status: ExitStatus.usage)
        }
    }

    private func refusal(_ value: String) -> Text {
        switch self {
        case .plain: Text("SLUICE_PLAIN is “\(value)”: set it to 1 to be asked line by line, or to 0.")
        case .readOnly:
            Text("SLUICE_READ_ONLY is “\(value)”: set it to 1 to look and change nothing, or to 0.")
        }
    }
}

// What can be wrong with profiles, as facts, and the sentence for each.
import ExportDomain
import Languages
import TOMLText

/// Why a profile cannot be used.
public enum ProfileError: Error, Sendable, Hashable {
    /// No profile has the name.
    case unknown(String, known: [String])
    /// The text cannot be a name.
    case badName(String)
    /// The name means something else.
    case reservedName(String)
    /// Another profile has the name.
    case nameTaken(String)
    /// Variables of the environment name a credential, and not all that it needs.
    case variablesMissing([String], beside: String)
    /// A variable has a value that cannot be.
    case badVariable(String, ProfileFieldProblem)
    /// Variables of the environment name a profile and a credential.
    case profileAndCredential
}

extension ProfileError: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        switch self {
        case .unknown(let name, let known):
            if known.isEmpty {
                Text("There is no profile “\(name.shownBriefly)”: sluice login makes one.")
            } else if let nearest = Suggestion.nearest(to: name, among: known) {
                Text("There is no profile “\(name.shownBriefly)”; did you mean “\(nearest)”?")
            } else {
                Text("There is no profile “\(name.shownBriefly)”; there is \(Text.quotedList(known)).")
            }
        case .badName(let name):
            Text(
                "“\(name.shownBriefly)” cannot be the name of a profile: give 1 to 64 letters, digits, hyphens or underscores."
            )
        case .reservedName(let name):
            Text(
                "“\(name.shownBriefly)” stands for the platform that sluice carries: give the profile another name."
            )
        case .nameTaken(let name):
            Text("There is a profile “\(name)” already: choose another name, or remove that one.")
        case .variablesMissing(let names, let present):
            names.count == 1
                ? Text("\(present) is set, and \(Text.list(names)) is not: set all of them, or unset it.")
                : Text("\(present) is set, and \(Text.list(names)) are not: set all of them, or unset it.")
        case .badVariable(let name, let problem): Text("The environment variable \(name) \(problem).")
        case .profileAndCredential:
            Text("SLUICE_PROFILE names a profile and SLUICE_CLIENT_ID a credential: unset one of them.")
        }
    }
}

// How a form is gone through: field by field, or one that is to be changed, or all of it as a list.
import TerminalKit

/// The place in a form.
struct FormCourse: Equatable, Sendable {
    enum Stage: Equatable, Sendable {
        /// One field after the other; this one is asked for.
        case each(String)
        /// Only this field is asked for, and then the whole form is shown.
        case one(String)
        /// The whole form is shown, to go on from or to change a field of.
        case all
    }

    var screen: Wizard.Screen
    var stage: Stage
    /// The field whose value seems to belong elsewhere, and of which it is asked whether it is to be put there.
    var offered: String?
    /// The field of which that was said already.
    var declined: String?
    /// Whether the file that was asked for has come.
    var hasFile = false

    /// The field that is asked for.
    var field: String? {
        switch stage {
        case .each(let field), .one(let field): field
        case .all: nil
        }
    }
}

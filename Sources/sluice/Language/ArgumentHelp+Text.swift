// The help of arguments, in the language of the process.
import ArgumentParser
import Languages

extension ArgumentHelp {
    /// What an argument is for.
    init(
        _ text: Text, discussion: String = "", valueName: String? = nil,
        visibility: ArgumentVisibility = .default
    ) {
        self.init(text.said, discussion: discussion, valueName: valueName, visibility: visibility)
    }
}

extension ValidationError {
    /// What is wrong with the arguments.
    init(_ text: Text) { self.init(text.said) }
}

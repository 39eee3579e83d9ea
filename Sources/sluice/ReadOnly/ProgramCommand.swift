// What every command says of itself: whether it changes anything, as it was given.
import ArgumentParser

/// What a command does to the world.
enum CommandEffect {
    /// It only looks.
    case looks
    /// It makes, changes, removes, starts or ends something, and is refused where nothing may be changed.
    case changes
    /// It goes on to do what somebody asks of it, and refuses by itself what would change something.
    case obeys
}

/// A command of the program.
///
/// One that is not such a command says nothing of itself, and counts as one that changes something.
protocol ProgramCommand: ParsableCommand {
    /// What it does to the world, as it was given.
    var effect: CommandEffect { get }
    /// What `--read-only` and `--no-read-only` say; nil where neither was given, or the command takes neither.
    var readOnly: Bool? { get }
}

/// A command that works on what this machine keeps, whatever the platform.
protocol MachineCommand: ProgramCommand {
    /// Where that is.
    var machine: MachineOptions { get }
}

extension ProgramCommand {
    var readOnly: Bool? { nil }
}

extension MachineCommand {
    var readOnly: Bool? { machine.readOnly }
}

// What can happen at a terminal. Answers of tasks are the program's own events, not these.

/// Something that happened at the terminal.
public enum TerminalEvent: Sendable, Equatable {
    /// A key was pressed.
    case key(Key)
    /// Text was pasted, in one piece, as the terminal sent it: line breaks and controls included.
    case paste(String)
    /// The mouse was used.
    case mouse(MouseEvent)
    /// The window has this size now. Also the first event of a loop, with the size at the start.
    case resize(Size)
    /// Another process sent SIGINT. (Ctrl-C at the keyboard is `.key(.control("c"))`.)
    case interrupt
    /// The process is asked to end, by this signal (SIGTERM, SIGHUP).
    case terminate(signal: Int32)
    /// The process was stopped and goes on; the screen is already its own again.
    case resumed
}

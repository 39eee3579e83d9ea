// What a text, or a whole form, was before it was changed: the steps back, and forth again.

/// The steps that led to a state, so that they can be taken back.
public struct EditHistory<State: Equatable & Sendable>: Equatable, Sendable {
    private var past: [State] = []
    private var future: [State] = []
    /// What the last step is part of; changes of the same run are one step.
    private var run: EditRun?

    /// More steps than this are forgotten, the oldest first.
    private static var longest: Int { 200 }

    /// Nothing was changed yet.
    public init() {}

    /// Whether there is something to take back.
    public var canUndo: Bool { !past.isEmpty }
    /// Whether something was taken back that can be done again.
    public var canRedo: Bool { !future.isEmpty }

    /// Notes what was there before a change; what was taken back before it is forgotten.
    ///
    /// - Parameters:
    ///   - before: what was there.
    ///   - run: what the change is part of; nil for a step of its own.
    public mutating func note(_ before: State, run: EditRun? = nil) {
        future = []
        defer { self.run = run }
        if let run, run == self.run, !past.isEmpty { return }
        past.append(before)
        if past.count > Self.longest { past.removeFirst() }
    }

    /// Lets the next change be a step of its own.
    public mutating func endRun() { run = nil }

    /// What was before the last step that differs from `now`; nil where there is none.
    public mutating func undo(_ now: State) -> State? { Self.step(from: now, &past, &future, &run) }

    /// What was before the last undoing; nil where nothing was undone since.
    public mutating func redo(_ now: State) -> State? { Self.step(from: now, &future, &past, &run) }

    private static func step(
        from now: State, _ source: inout [State], _ target: inout [State], _ run: inout EditRun?
    ) -> State? {
        run = nil
        while let state = source.popLast() {
            guard state != now else { continue }
            target.append(now)
            return state
        }
        return nil
    }
}

/// A run of keys that belong together, as those of a word that is typed.
public struct EditRun: Hashable, Sendable {
    private enum Kind: Hashable { case typing, erasing }
    private var kind: Kind
    private var place: String

    /// The run that a key belongs to; nil for one that is a step of its own.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - place: what it changes; a change of something else is another run.
    public init?(_ key: Key, in place: String = "") {
        switch key {
        case .character(let character) where !character.isWhitespace: kind = .typing
        case .backspace, .delete: kind = .erasing
        default: return nil
        }
        self.place = place
    }
}

extension EditHistory<TextField> {
    /// Does what a key does in a field that stands alone, as that of a search: edits, takes back (Ctrl-_), or does
    /// again (Ctrl-X).
    ///
    /// `false` means that the key means nothing here.
    public mutating func handle(_ key: Key, in field: inout TextField) -> Bool {
        switch key {
        case .undo:
            if let before = undo(field) { field = before }
            return true
        case .redo:
            if let after = redo(field) { field = after }
            return true
        default:
            let before = field
            guard field.handle(key) else { return false }
            if field.text != before.text { note(before, run: EditRun(key)) } else { endRun() }
            return true
        }
    }

    /// Pastes into a field that stands alone.
    public mutating func paste(_ text: String, into field: inout TextField) -> PasteNotice? {
        note(field)
        return field.paste(text)
    }
}

extension Key {
    /// Takes a change back, as in Emacs; terminals send the same for Ctrl-/ and Ctrl-7.
    public static let undo = Key.control("_")
    /// Does again what was taken back.
    public static let redo = Key.control("x")
}

// What turns while something goes on: told by the time, so that it needs no state, and slow enough for a slow line.

/// A sign that turns.
public enum Spinner {
    /// Turns at most so often a second.
    public static let framesPerSecond = 4.0

    /// The sign at a time.
    ///
    /// - Parameters:
    ///   - seconds: the time, in seconds since any moment.
    ///   - glyphs: the signs that are drawn.
    public static func frame(at seconds: Double, glyphs: Glyphs) -> Character {
        let turns = (seconds * framesPerSecond).rounded(.down)
        guard turns.isFinite, !glyphs.spinner.isEmpty else { return glyphs.bullet }
        let place = Int(turns.truncatingRemainder(dividingBy: Double(glyphs.spinner.count)).magnitude)
        return glyphs.spinner[place]
    }
}

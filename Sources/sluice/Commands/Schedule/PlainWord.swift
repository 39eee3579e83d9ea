// Words that mean themselves wherever they are written.

extension String {
    /// Whether neither a shell nor systemd would read it as anything but itself without quotes.
    var isPlainWord: Bool {
        !isEmpty
            && allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,+@".contains($0))
            }
    }
}

// What a misspelt word was probably meant to be.

/// What a word that is not known may be meant to be.
public enum Suggestion {
    /// The word that is nearest to one that is not known, if any is near enough to be meant.
    public static func nearest(to word: String, among known: [String]) -> String? {
        let limit = max(1, word.count / 3)
        guard word.count <= 64 else { return nil }
        return
            known
            .map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
            .filter { $0.distance <= limit }
            .min { $0.distance < $1.distance }?
            .word
    }
}

/// How many letters must be put in, taken out or changed to make one word of another (Levenshtein).
private func distance(_ first: String, _ second: String) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (index, letter) in first.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for column in second.indices {
            let changed = diagonal + (letter == second[column] ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
        }
    }
    return row[second.count]
}

// Texts as tests write them: a literal is the text of these words.
import Languages

extension Text: ExpressibleByStringInterpolation {
    /// The text of these words.
    public init(stringLiteral words: String) { self.init(Words(stringLiteral: words)) }

    /// The text of these words with values in between.
    public init(stringInterpolation words: Words.Interpolation) {
        self.init(Words(stringInterpolation: words))
    }
}

// Frames as pictures (SVG 1.1), as a terminal with a dark background shows them.
import TerminalKit

/// Draws frames.
public struct FramePicture {
    private static let cell = (width: 9, height: 19)
    private static let margin = 14
    private static let fontSize = 15
    /// From the top of a row to the line that letters stand on.
    private static let baseline = 14
    private static let background = "#14161b"
    private static let foreground = "#d6dae2"
    /// The sixteen colours of the terminal that is drawn.
    private static let palette = [
        "#22252c", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
        "#6b7280", "#ff7b86", "#b5e08f", "#ffd68a", "#7fc4ff", "#dd9bf2", "#7fdbe6", "#ffffff",
    ]

    private let frame: Frame

    /// A picture of `frame`.
    public init(of frame: Frame) { self.frame = frame }

    /// The lines of the file.
    ///
    /// - Parameter title: what a reader who does not see it is told.
    public func lines(title: String) -> [String] {
        let size = frame.size
        let width = size.columns * Self.cell.width + 2 * Self.margin
        let height = size.rows * Self.cell.height + 2 * Self.margin
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
                + "viewBox=\"0 0 \(width) \(height)\" role=\"img\">",
            "<title>\(Self.escaped(title))</title>",
            "<rect width=\"\(width)\" height=\"\(height)\" rx=\"8\" fill=\"\(Self.background)\"/>",
            "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" "
                + "font-size=\"\(Self.fontSize)\" xml:space=\"preserve\">",
        ]
        for row in 0..<size.rows { lines += runs(in: row).flatMap { elements(of: $0, row: row) } }
        return lines + ["</g>", "</svg>"]
    }

    /// Neighbours that look alike.
    private struct Run {
        var column: Int
        var columns: Int
        var text: String
        var style: Style
        var arms: [Arms?]
    }

    private func runs(in row: Int) -> [Run] {
        var runs: [Run] = []
        for column in 0..<frame.size.columns {
            let cell = frame[Point(column: column, row: row)]
            let arms = cell.text.flatMap { Arms.of[$0] }
            let text = arms == nil ? cell.text.map(String.init) ?? "" : " "
            if let last = runs.last, last.style == cell.style {
                runs[runs.count - 1].text += text
                runs[runs.count - 1].columns += 1
                runs[runs.count - 1].arms.append(arms)
            } else {
                runs.append(Run(column: column, columns: 1, text: text, style: cell.style, arms: [arms]))
            }
        }
        return runs
    }

    private func elements(of run: Run, row: Int) -> [String] {
        let x = Self.margin + run.column * Self.cell.width
        let y = Self.margin + row * Self.cell.height
        var (ink, ground) = (
            Self.color(run.style.foreground) ?? Self.foreground, Self.color(run.style.background)
        )
        if run.style.attributes.contains(.reverse) { (ink, ground) = (ground ?? Self.background, ink) }
        var elements: [String] = []
        if let ground {
            elements.append(
                "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(run.columns * Self.cell.width)\" "
                    + "height=\"\(Self.cell.height)\" fill=\"\(ground)\"/>")
        }
        let dim = run.style.attributes.contains(.dim) ? " opacity=\"0.6\"" : ""
        let path = run.arms.enumerated().compactMap { index, arms in
            arms?.path(x: x + index * Self.cell.width, y: y, cell: Self.cell)
        }.joined()
        if !path.isEmpty { elements.append("<path d=\"\(path)\" stroke=\"\(ink)\"\(dim)/>") }
        elements += words(of: run).map { word in
            let weight = run.style.attributes.contains(.bold) ? " font-weight=\"bold\"" : ""
            let line = run.style.attributes.contains(.underline) ? " text-decoration=\"underline\"" : ""
            return "<text x=\"\(x + word.column * Self.cell.width)\" y=\"\(y + Self.baseline)\" "
                + "textLength=\"\(word.columns * Self.cell.width)\" fill=\"\(ink)\"\(weight)\(line)\(dim)>"
                + "\(Self.escaped(word.text))</text>"
        }
        return elements
    }

    /// The words of a run, so that each stands in its columns whatever the font; what is underlined stays whole.
    private func words(of run: Run) -> [(column: Int, columns: Int, text: String)] {
        let isUnderlined = run.style.attributes.contains(.underline)
        var words: [(column: Int, columns: Int, text: String)] = []
        var column = 0
        var isInside = false
        for character in run.text {
            let columns = TextWidth.standard.width(of: String(character))
            if character != " " || isUnderlined {
                if !isInside { words.append((column, 0, "")) }
                words[words.count - 1].text.append(character)
                words[words.count - 1].columns += columns
            }
            isInside = character != " " || isUnderlined
            column += columns
        }
        return words
    }

    private static func color(_ color: Color) -> String? {
        switch color {
        case .terminal: nil
        case .accent: palette[6]
        case .ansi(let number): palette.indices.contains(Int(number)) ? palette[Int(number)] : nil
        case .fixed(let color, _):
            "#" + [color.red, color.green, color.blue].map { hexadecimal($0) }.joined()
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}

/// The lines of a box-drawing character from the middle of its cell: fonts leave gaps between rows.
private struct Arms {
    var left = false, right = false, up = false, down = false

    static let of: [Character: Arms] = [
        "─": Arms(left: true, right: true), "│": Arms(up: true, down: true),
        "┌": Arms(right: true, down: true), "┐": Arms(left: true, down: true),
        "└": Arms(right: true, up: true), "┘": Arms(left: true, up: true),
        "╭": Arms(right: true, down: true), "╮": Arms(left: true, down: true),
        "╰": Arms(right: true, up: true), "╯": Arms(left: true, up: true),
        "├": Arms(right: true, up: true, down: true), "┤": Arms(left: true, up: true, down: true),
        "┬": Arms(left: true, right: true, down: true), "┴": Arms(left: true, right: true, up: true),
        "┼": Arms(left: true, right: true, up: true, down: true),
    ]

    func path(x: Int, y: Int, cell: (width: Int, height: Int)) -> String {
        // On half a pixel a line of one pixel is sharp.
        let middle = (x: "\(x + cell.width / 2).5", y: "\(y + cell.height / 2).5")
        return [
            left ? "M\(middle.x) \(middle.y)H\(x)" : "",
            right ? "M\(middle.x) \(middle.y)H\(x + cell.width)" : "",
            up ? "M\(middle.x) \(middle.y)V\(y)" : "",
            down ? "M\(middle.x) \(middle.y)V\(y + cell.height)" : "",
        ].joined()
    }
}

// A colour by the light of its parts, how well one is read on another, and the nearest that a terminal has.

import Glibc

/// A colour of sRGB.
public struct RGB: Sendable, Hashable {
    /// How much red is in it.
    public var red: UInt8
    /// How much green is in it.
    public var green: UInt8
    /// How much blue is in it.
    public var blue: UInt8

    /// Mixes a colour.
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// The colour that is written `#rrggbb`; nil for any other text.
    public init?(hexadecimal text: String) {
        guard text.utf8.count == 7, text.first == "#", text.utf8.dropFirst().allSatisfy(\.isHexadecimal),
            let number = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        self.init(UInt8(number >> 16), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF))
    }

    /// The contrast to another colour, from 1 to 21 (WCAG 2.2, "contrast ratio").
    public func contrast(with other: RGB) -> Double {
        let lights = [luminance, other.luminance].sorted()
        return (lights[1] + 0.05) / (lights[0] + 0.05)
    }

    /// The one of the sixteen that is nearest, as xterm shows them.
    public var nearestBasic: UInt8 { UInt8(nearest(in: Array(Self.palette[..<16]))) }

    /// The nearest of some colours, by its place among them; 0 where there are none.
    func nearest(in colors: [RGB]) -> Int {
        colors.indices.min { distance(to: colors[$0]) < distance(to: colors[$1]) } ?? 0
    }

    /// The colours that xterm and its kin show as their palette unless their user has others: sixteen that are often
    /// changed, a cube of 216, and 24 greys (xterm, "256colres.pl").
    static let palette: [RGB] = {
        let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
        let basic: [RGB] = [
            RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205),
            RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0),
            RGB(255, 255, 0), RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
        ]
        let cube = (0..<216).map { RGB(steps[$0 / 36], steps[$0 / 6 % 6], steps[$0 % 6]) }
        let greys = (0..<24).map { step in
            let part = UInt8(8 + 10 * step)
            return RGB(part, part, part)
        }
        return basic + cube + greys
    }()

    /// How different two colours look, roughly: the eye is keenest for green.
    private func distance(to other: RGB) -> Int {
        let redStep = Int(red) - Int(other.red)
        let greenStep = Int(green) - Int(other.green)
        let blueStep = Int(blue) - Int(other.blue)
        return 30 * redStep * redStep + 59 * greenStep * greenStep + 11 * blueStep * blueStep
    }

    private var luminance: Double {
        0.2126 * Self.light(red) + 0.7152 * Self.light(green) + 0.0722 * Self.light(blue)
    }

    private static func light(_ part: UInt8) -> Double {
        let value = Double(part) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

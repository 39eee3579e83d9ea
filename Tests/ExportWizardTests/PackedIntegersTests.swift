// Numbers in as little memory as they allow.
import Testing

@testable import ExportWizard

@Suite("Packed numbers")
struct PackedIntegersTests {
    @Test(
        "are those that were packed, however far apart",
        arguments: [
            [], [7], [0, 0, 0], [24, 24, 25], [-1, 254], [-1, 255], [1, 65_536, 65_537], [0, 1 << 24, 3],
            [1 << 40, 1 << 47], [.min, .max, 0, -1], [.min, .min], [.max, .max - 256],
        ] as [[Int]])
    func same(numbers: [Int]) {
        #expect(Array(PackedIntegers(numbers)) == numbers)
    }
}

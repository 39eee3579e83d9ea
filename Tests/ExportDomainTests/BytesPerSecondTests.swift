// Rates as people write them.
import ExportDomain
import Testing

@Suite("A rate")
struct BytesPerSecondTests {
    @Test(
        "is read with its unit, and written as short as it can be",
        arguments: [
            ("500k", 500_000, "500k"), ("20M", 20_000_000, "20M"), ("1.5M", 1_500_000, "1500k"),
            ("1G", 1_000_000_000, "1G"), ("2000", 2_000, "2k"), ("1234", 1_234, "1234"), ("8K", 8_000, "8k"),
        ])
    func written(text: String, value: Int64, shortest: String) throws {
        let rate = try #require(BytesPerSecond(text))
        #expect(rate.value == value && rate.text == shortest && BytesPerSecond(shortest) == rate)
    }

    @Test(
        "is refused where it is none, or too slow for anything",
        arguments: ["", "k", "fast", "999", "-5M", "20MB", "1e30", "nan", "infG"])
    func refused(text: String) {
        #expect(BytesPerSecond(text) == nil)
    }
}

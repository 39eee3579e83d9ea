// The products: a lookup with names in several scripts.

/// Writes the products, in the order of their numbers.
struct Products: RowWriter {
    private let world: World
    private var random: SeededGenerator
    private var number: Int

    init(part: Part) {
        world = part.world
        random = part.random
        number = part.firstRow
    }

    mutating func writeRow(to row: inout RowBuffer) {
        let product = world.products[number % world.products.count]
        row.raw(#"{"sku":"SKU-"#)
        row.digits(UInt(number), atLeast: 5)
        number += 1
        row.raw(#"","name":""#)
        row.text(product.name)
        row.raw(#"","label":""#)
        row.raw(product.emoji)
        row.raw(" ")
        row.text(product.name)
        row.raw(#"","language":""#)
        row.raw(product.language)
        row.raw(#"","category":""#)
        row.text(product.category)
        row.raw(#"","price":"#)
        row.decimal(product.price, places: 2)
        row.raw(#","weight":"#)
        row.decimal(random.pick(10...9_000), places: 3)
        row.raw(#","rating":"#)
        row.raw(random.pick(["null", "4.5", "3.0", "5.0e0", "4.75", "1E0"] as [StaticString]))
        row.raw(#","inStock":"#)
        row.raw(random.chance(85) ? "true" : "false")
        row.raw(#","note":""#)
        row.raw(random.pick(Self.notes))
        row.raw(#"","stores":["#)
        let count = random.below(4)
        for index in 0..<count {
            row.raw(index == 0 ? #"""# : #",""#)
            row.text(random.pick(Place.all).city)
            row.raw(#"""#)
        }
        row.raw("]}")
    }

    private static let notes: [StaticString] = [
        "", "", "New this season 🍂", #"Say \"hello\"\nto a friend\t👋"#, #"C:\\catalogue\\2026"#, "季節限定・数量わずか",
        "한정판 — 재입고 없음", "买一送一！", "🇨🇭🇯🇵🇰🇷 shipped to", #"caf\u00e9 or café"#, "zero‑width‍joiner",
        "\u{202B}عربي\u{202C}",
    ]
}

// What the shop of the sample lake sells.

enum Products {
    static let count = 400

    static func name(_ number: Int) -> String {
        "\(materials[number % materials.count]) \(things[number / materials.count % things.count])"
    }

    /// The price in hundredths.
    static func price(_ number: Int) -> Int { 495 + number * 7_717 % 24_000 }

    static func writeSKU(_ number: Int, to line: inout LineWriter) {
        line.text(#""SKU-"#)
        line.number(number + 10_000)
        line.text(#"""#)
    }

    static func category(_ number: Int) -> String { categories[number % categories.count] }

    private static let materials = ["Linen", "Oak", "Steel", "Wool", "Paper", "Glass", "Cork", "Cotton"]
    private static let things = [
        "Lamp", "Chair", "Blanket", "Notebook", "Mug", "Shelf", "Basket", "Clock", "Apron", "Tray",
    ]
    private static let categories = ["home", "kitchen", "office", "garden", "gifts"]
}

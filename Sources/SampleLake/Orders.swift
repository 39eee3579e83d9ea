// Orders with their lines.

enum Orders {
    private static let states = ["placed", "paid", "sent", "delivered", "delivered", "delivered", "returned"]
    private static let payments = ["card", "invoice", "wallet", "voucher"]

    static func write(_ row: Int, now: Int, random: inout SampleRandom, to line: inout LineWriter) {
        let person = Person(number: random.popular(Person.count))
        let placed = now - random.below(365 * 86_400)
        line.text(#"{"_id":"order-"#)
        line.number(row + 1_000_000)
        line.text(#"","orderedAt":"#)
        line.time(placed)
        line.text(#","customer":{"email":"#)
        person.writeEmail(to: &line)
        line.text(#","countryCode":"#)
        line.string(person.country)
        line.text(#"},"status":"#)
        line.string(random.pick(states))
        line.text(#","currencyCode":"EUR","lines":["#)
        var total = 0
        for index in 0..<random.number(in: 1...5) {
            let product = random.popular(Products.count)
            let quantity = random.number(in: 1...3)
            total += Products.price(product) * quantity
            if index > 0 { line.text(",") }
            line.text(#"{"SKU":"#)
            Products.writeSKU(product, to: &line)
            line.text(#","name":"#)
            line.string(Products.name(product))
            line.text(#","quantity":"#)
            line.number(quantity)
            line.text(#","unitPrice":"#)
            line.amount(Products.price(product))
            line.text("}")
        }
        line.text(#"],"priceTotal":"#)
        line.amount(total)
        line.text(#","payments":[{"type":"#)
        line.string(random.pick(payments))
        line.text(#","amount":"#)
        line.amount(total)
        line.text(#","paidAt":"#)
        line.time(placed + random.below(7_200))
        line.text(#"}],"delivery":{"city":"#)
        line.string(person.city)
        line.text(#","express":"#)
        line.raw(random.chance(15) ? "true" : "false")
        line.text("}}")
    }
}

// A history of orders: what was bought, paid and shipped.

/// Writes orders.
struct Orders: RowWriter {
    private let world: World
    private var random: SeededGenerator
    private var number: Int

    init(part: Part) {
        world = part.world
        random = part.random
        number = part.firstRow
    }

    mutating func writeRow(to row: inout RowBuffer) {
        let person = world.person(random.pickPopular(below: World.peopleCount))
        let ordered = Moment(milliseconds: world.now.milliseconds - random.pick(86_400_000...63_072_000_000))
        number += 1
        row.raw(#"{"_id":""#)
        row.uuid(&random)
        row.raw(#"","orderNumber":"ORD-"#)
        row.digits(UInt(number), atLeast: 8)
        row.raw(#"","timestamp":""#)
        row.timestamp(ordered)
        row.raw(#"","customer":{"crmId":""#)
        row.customerID(person)
        row.raw(#"","email":""#)
        row.email(person)
        row.raw(#""},"items":["#)
        let total = writeItems(to: &row)
        row.raw(#"],"currencyCode":""#)
        row.raw(person.place.currency)
        row.raw(#"","priceTotal":"#)
        row.decimal(total, places: 2)
        row.raw(#","tax":"#)
        row.decimal(total * 19 / 119, places: 2)
        row.raw(#","payment":{"type":""#)
        row.raw(random.pick(["card", "card", "card", "invoice", "wallet"] as [StaticString]))
        row.raw(#"","transactionID":""#)
        row.hexadecimal(random.next(), digits: 16)
        row.raw(#"","captured":"#)
        row.raw(random.chance(97) ? "true" : "false")
        row.raw(#"},"shipping":{"method":""#)
        row.raw(random.pick(["standard", "standard", "express", "pickup"] as [StaticString]))
        row.raw(#"","address":"#)
        row.geo(person)
        row.raw(#","shippedAt":"#)
        if random.chance(92) {
            row.raw(#"""#)
            row.timestamp(Moment(milliseconds: ordered.milliseconds + random.pick(3_600_000...86_400_000)))
            row.raw(#"""#)
        } else {
            row.raw("null")
        }
        row.raw(#"},"status":""#)
        row.raw(
            random.pick(["delivered", "delivered", "delivered", "shipped", "returned"] as [StaticString]))
        row.raw(#""}"#)
    }

    private mutating func writeItems(to row: inout RowBuffer) -> Int {
        var total = 0
        let count = 1 + random.pickPopular(below: 6)
        for index in 0..<count {
            let product = world.products[random.pickPopular(below: world.products.count)]
            let quantity = 1 + random.pickPopular(below: 4)
            row.raw(index == 0 ? #"{"SKU":""# : #",{"SKU":""#)
            row.sku(product)
            row.raw(#"","name":""#)
            row.text(product.name)
            row.raw(#"","quantity":"#)
            row.integer(quantity)
            row.raw(#","unitPrice":"#)
            row.decimal(product.price, places: 2)
            row.raw(#"}"#)
            total += product.price * quantity
        }
        return total
    }
}

// The standard events of all benchmarks: nested rows of about fifty columns, as web analytics have them.

import SampleLake

/// Writes events, each one JSON object: the fields always in the same order and of the same types, optional
/// ones often missing, but none in the first row of all, so that whoever infers a schema sees them all.
struct EventRows {
    private var random: SeededGenerator
    private var moment: Moment
    private var visits: [Visit] = []
    private var isComplete: Bool

    /// One of the visits that go on at the same time; its events have this in common.
    private struct Visit {
        let visitor: (UInt64, UInt64)
        let customer: Int?
        let place: EventPlace
        let browser: EventBrowser
        let version: Int
        let channel: EventChannel
        let address: Int
        let number: Int
        let session: UInt64
        var depth = 0
        var cart: [Int] = []

        init(_ random: inout SeededGenerator, isKnown: Bool) {
            // People come back: two hundred thousand of them, the same ones often.
            let person = random.pickPopular(below: 200_000)
            var own = SeededGenerator(seed: 7, "visitor", person)
            visitor = (own.next() % 10_000_000_000_000_000_000, own.next() % 10_000_000_000_000_000_000)
            place = EventPlace.all[own.pickPopular(below: EventPlace.all.count)]
            browser = EventBrowser.all[own.pickPopular(below: EventBrowser.all.count)]
            version = own.pick(browser.versions)
            address = own.below(1 << 24)
            customer = isKnown || random.chance(35) ? person : nil
            channel = EventChannel.all[isKnown ? 0 : random.pickPopular(below: EventChannel.all.count)]
            number = random.pick(1...40)
            session = random.next()
        }
    }

    private enum Kind: Int {
        case page, search, product, cart, purchase, link
    }

    /// The events of one piece of the dataset, of which piece 0 begins with the complete row.
    init(piece: Int) {
        random = SeededGenerator(seed: 1, "events", piece)
        isComplete = piece == 0
        moment = Moment(milliseconds: 1_772_323_200_000 + piece * 600_000)
        for index in 0..<48 { visits.append(Visit(&random, isKnown: isComplete && index == 0)) }
    }

    /// Writes the next event, with its line feed.
    mutating func write(to row: inout RowBuffer) {
        var slot = random.below(visits.count)
        if isComplete {
            slot = 0
            visits[slot].cart = [17, 4]
        } else if random.chance(12) {
            visits[slot] = Visit(&random, isKnown: false)
        }
        visits[slot].depth += 1
        moment.milliseconds += random.below(290)
        let product = random.pickPopular(below: 20_000)
        let kind = isComplete ? .purchase : nextKind(visits[slot])
        if kind == .cart { visits[slot].cart.append(product) }
        let visit = visits[slot]

        writeHead(kind, visit, to: &row)
        writeWeb(kind, product, visit, to: &row)
        writeEnvironment(visit, to: &row)
        writePlace(visit, to: &row)
        writeCommerce(kind, product, visit, to: &row)
        writeTail(visit, to: &row)
        if kind == .purchase { visits[slot].cart = [] }
        isComplete = false
    }

    private mutating func nextKind(_ visit: Visit) -> Kind {
        switch random.below(100) {
        case ..<34: .page
        case ..<46: .search
        case ..<76: .product
        case ..<86: .cart
        case ..<92: visit.cart.isEmpty ? .product : .purchase
        default: .link
        }
    }

    /// Whether an optional field that `percent` of the rows have is there.
    private mutating func has(_ percent: Int) -> Bool {
        let isThere = random.chance(percent)
        return isThere || isComplete
    }

    private mutating func writeHead(_ kind: Kind, _ visit: Visit, to row: inout RowBuffer) {
        row.raw(#"{"_id":""#)
        row.uuid(&random)
        row.raw(#"","timestamp":""#)
        row.timestamp(moment)
        row.raw(#"","receivedTimestamp":""#)
        row.timestamp(Moment(milliseconds: moment.milliseconds + random.pick(40...2_500)))
        row.raw(#"","eventType":""#)
        switch kind {
        case .page, .search: row.raw("web.webpagedetails.pageViews")
        case .product: row.raw("commerce.productViews")
        case .cart: row.raw("commerce.productListAdds")
        case .purchase: row.raw("commerce.purchases")
        case .link: row.raw("web.webinteraction.linkClicks")
        }
        row.raw(#"","identity":{"ecid":""#)
        row.digits(UInt(visit.visitor.0), atLeast: 19)
        row.digits(UInt(visit.visitor.1), atLeast: 19)
        row.raw(#"""#)
        if let customer = visit.customer {
            row.raw(#","customerId":"CRM-"#)
            row.digits(UInt(customer), atLeast: 9)
            row.raw(#"""#)
        }
        row.raw(#","authenticated":"#)
        row.raw(visit.customer == nil ? "false" : "true")
        row.raw("},")
    }

    private mutating func writeWeb(_ kind: Kind, _ product: Int, _ visit: Visit, to row: inout RowBuffer) {
        row.raw(#""web":{"page":{"url":"https://shop.example.com/"#)
        row.raw(visit.place.language)
        switch kind {
        case .page: row.raw("/home")
        case .search: row.raw("/search")
        case .product, .cart, .link:
            row.raw("/p/")
            row.integer(100_000 + product)
        case .purchase: row.raw("/checkout/thank-you")
        }
        row.raw("?sid=")
        row.hexadecimal(visit.session, digits: 12)
        if has(30) {
            row.raw("&click=")
            row.hexadecimal(random.next(), digits: 10)
        }
        row.raw(#"","name":""#)
        switch kind {
        case .page: row.raw("home")
        case .search: row.raw("search results")
        case .product, .cart, .link:
            row.raw("product: ")
            writeName(product, to: &row)
        case .purchase: row.raw("checkout: thank you")
        }
        row.raw(#"","isErrorPage":"#)
        row.raw(random.below(200) == 0 ? "true" : "false")
        row.raw(#","loadSeconds":"#)
        row.decimal(80 + random.pickPopular(below: 6_000), places: 3)
        row.raw("}")
        let referrer = visit.depth == 1 ? visit.channel.referrer : "https://shop.example.com/"
        if referrer.utf8CodeUnitCount > 0 {
            row.raw(#","referrer":{"url":""#)
            row.raw(referrer)
            row.raw(#"","type":""#)
            row.raw(visit.depth == 1 ? "external" : "internal")
            row.raw(#""}"#)
        }
        if kind == .search || isComplete {
            row.raw(#","search":{"term":""#)
            row.raw(random.pick(EventWords.searches))
            row.raw(#"","results":"#)
            row.integer(random.pickPopular(below: 400))
            row.raw("}")
        }
        if kind == .link || isComplete {
            row.raw(#","link":""#)
            row.raw(random.pick(EventWords.links))
            row.raw(#"""#)
        }
        row.raw("},")
    }

    private func writeEnvironment(_ visit: Visit, to row: inout RowBuffer) {
        let browser = visit.browser
        row.raw(#""environment":{"ipV4":"203."#)
        row.integer(visit.address >> 16)
        row.raw(".")
        row.integer(visit.address >> 8 & 0xFF)
        row.raw(".")
        row.integer(visit.address & 0xFF)
        row.raw(#"","language":""#)
        row.raw(visit.place.language)
        row.raw(#"","browser":{"name":""#)
        row.raw(browser.name)
        row.raw(#"","version":"#)
        row.integer(visit.version)
        row.raw(#","userAgent":""#)
        row.raw(browser.beforeVersion)
        row.integer(visit.version)
        row.raw(browser.afterVersion)
        row.raw(#"","viewport":{"width":"#)
        row.integer(browser.width - visit.address % 40)
        row.raw(#","height":"#)
        row.integer(browser.height - 120 - visit.address % 7)
        row.raw(#"}}},"device":{"type":""#)
        row.raw(browser.kind)
        row.raw(#"","manufacturer":""#)
        row.raw(browser.manufacturer)
        row.raw(#"","model":""#)
        row.raw(browser.model)
        row.raw(#""},"#)
    }

    private func writePlace(_ visit: Visit, to row: inout RowBuffer) {
        let place = visit.place
        row.raw(#""geo":{"country":""#)
        row.raw(place.country)
        row.raw(#"","region":""#)
        row.raw(place.region)
        row.raw(#"","city":""#)
        row.raw(place.city)
        row.raw(#"","latitude":"#)
        row.decimal(place.latitude + visit.address % 900, places: 4)
        row.raw(#","longitude":"#)
        row.decimal(place.longitude + visit.address % 700, places: 4)
        row.raw(#","localHour":"#)
        row.integer((moment.milliseconds / 60_000 + place.timeZone) / 60 % 24)
        row.raw("},")
    }

    private mutating func writeCommerce(
        _ kind: Kind, _ product: Int, _ visit: Visit, to row: inout RowBuffer
    ) {
        let items: [Int] =
            switch kind {
            case .page, .search, .link: []
            case .product, .cart: [product]
            case .purchase: visit.cart
            }
        if kind == .purchase {
            row.raw(#""commerce":{"order":{"purchaseId":"ORD-"#)
            row.integer(random.below(100_000_000))
            row.raw(#"","currency":""#)
            row.raw(visit.place.currency)
            row.raw(#"","total":"#)
            row.decimal(items.reduce(0) { $0 + Self.price($1) }, places: 2)
            if has(20) {
                row.raw(#","coupon":""#)
                row.raw(random.pick(EventWords.coupons))
                row.raw(#"""#)
            }
            row.raw(#"},"payments":"#)
            row.integer(1 + random.pickPopular(below: 3))
            row.raw("},")
        }
        guard !items.isEmpty else { return }
        row.raw(#""productListItems":["#)
        for (index, item) in items.enumerated() {
            row.raw(index == 0 ? #"{"sku":"SKU-"# : #",{"sku":"SKU-"#)
            row.digits(UInt(item), atLeast: 6)
            row.raw(#"","name":""#)
            writeName(item, to: &row)
            row.raw(#"","category":""#)
            row.raw(EventWords.categories[item % EventWords.categories.count])
            row.raw(#"","quantity":"#)
            row.integer(1 + random.pickPopular(below: 4))
            row.raw(#","price":"#)
            row.decimal(Self.price(item), places: 2)
            if has(25) {
                row.raw(#","discount":"#)
                row.decimal(random.pick(1...40) * 50, places: 2)
            }
            row.raw("}")
        }
        row.raw("],")
    }

    private mutating func writeTail(_ visit: Visit, to row: inout RowBuffer) {
        row.raw(#""marketing":{"channel":""#)
        row.raw(visit.channel.name)
        if visit.channel.campaign.utf8CodeUnitCount > 0 {
            row.raw(#"","campaign":""#)
            row.raw(visit.channel.campaign)
            row.raw(#""},"tags":["#)
        } else {
            row.raw(#"","campaign":null},"tags":["#)
        }
        for index in 0..<(isComplete ? 3 : random.below(4)) {
            row.raw(index == 0 ? "\"" : ",\"")
            row.raw(random.pick(EventWords.tags))
            row.raw("\"")
        }
        row.raw(#"],"dimensions":{"eVar1":""#)
        row.raw(visit.customer == nil ? "anonymous" : "logged in")
        row.raw(#"""#)
        if has(40) {
            row.raw(#","eVar5":""#)
            row.raw(random.pick(EventWords.experiences))
            row.raw(#"""#)
        }
        if has(25) {
            row.raw(#","eVar12":""#)
            row.hexadecimal(random.next(), digits: 16)
            row.raw(#"""#)
        }
        if has(8) {
            row.raw(#","prop7":"step "#)
            row.integer(visit.depth)
            row.raw(#"""#)
        }
        row.raw(#"},"session":{"number":"#)
        row.integer(visit.number)
        row.raw(#","depth":"#)
        row.integer(visit.depth)
        row.raw("}")
        if has(60) {
            row.raw(#","propensity":"#)
            row.decimal(random.below(1_000_000), places: 6)
        }
        row.raw("}\n")
    }

    /// What the product of this number is called; the same name wherever it occurs.
    private func writeName(_ product: Int, to row: inout RowBuffer) {
        row.raw(EventWords.adjectives[product % EventWords.adjectives.count])
        row.raw(" ")
        row.raw(EventWords.nouns[product / 10 % EventWords.nouns.count])
        row.raw(" ")
        row.integer(product / 120)
    }

    /// In hundredths.
    private static func price(_ product: Int) -> Int {
        300 + product &* 7_919 % 40_000
    }
}

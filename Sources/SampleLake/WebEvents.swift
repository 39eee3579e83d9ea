// Web experience events, nested as the Experience Data Model has them.

enum WebEvents {
    private static let browsers = ["Chrome", "Safari", "Firefox", "Edge"]
    private static let systems = ["Windows", "iOS", "Android", "macOS", "Linux"]
    private static let pages = [
        "Home", "Category", "Product", "Cart", "Checkout", "Search", "Account", "Help",
    ]
    private static let channels = ["organic search", "paid search", "email", "direct", "social"]
    private static let referrers = [
        "https://www.example.org/", "https://search.example.net/", "https://news.example.com/letter",
    ]
    private static let agents = [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
    ]

    static func write(now: Int, random: inout SampleRandom, to line: inout LineWriter) {
        let person = Person(number: random.popular(Person.count))
        let kind = random.below(100)
        let product = random.popular(Products.count)
        line.text(#"{"_id":""#)
        line.uuid(&random)
        line.text(#"","timestamp":"#)
        line.time(now - random.below(30 * 86_400), milliseconds: random.below(1_000))
        line.text(#","eventType":"#)
        switch kind {
        case ..<62: line.text(#""web.webpagedetails.pageViews""#)
        case ..<85: line.text(#""commerce.productViews""#)
        case ..<96: line.text(#""commerce.productListAdds""#)
        default: line.text(#""commerce.purchases""#)
        }
        line.text(#","identityMap":"#)
        person.writeIdentities(to: &line)
        writeWeb(product: kind < 62 ? nil : product, random: &random, to: &line)
        writeEnvironment(random: &random, to: &line)
        writePlace(of: person, random: &random, to: &line)
        if kind >= 62 { writeCommerce(kind: kind, product: product, random: &random, to: &line) }
        if random.chance(35) {
            line.text(#","marketing":{"trackingCode":"cmp-"#)
            line.number(random.below(90), digits: 3)
            line.text(#"","channel":"#)
            line.string(random.pick(channels))
            line.text("}")
        }
        line.text(
            #","implementationDetails":{"name":"https://ns.adobe.com/experience/alloy","version":"2.24.0","environment":"browser"}}"#
        )
    }

    private static func writeWeb(product: Int?, random: inout SampleRandom, to line: inout LineWriter) {
        let page = product == nil ? random.pick(pages) : "Product"
        line.text(#","web":{"webPageDetails":{"name":"#)
        line.string(page)
        line.text(#","URL":"https://shop.example.com/"#)
        line.raw(page.lowercased())
        if let product {
            line.text("/")
            line.number(product + 10_000)
        }
        line.text(#"","isHomePage":"#)
        line.raw(page == "Home" ? "true" : "false")
        line.text(#","pageViews":{"value":1}}"#)
        if random.chance(40) {
            line.text(#","webReferrer":{"type":"external","URL":"#)
            line.string(random.pick(referrers))
            line.text("}")
        }
        line.text("}")
    }

    private static func writeEnvironment(random: inout SampleRandom, to line: inout LineWriter) {
        line.text(#","device":{"type":"#)
        line.string(random.chance(55) ? "mobile" : "desktop")
        line.text(#","screenHeight":"#)
        line.number(random.pick([720, 844, 900, 1_080, 1_440]))
        line.text(#","screenWidth":"#)
        line.number(random.pick([390, 412, 1_280, 1_920, 2_560]))
        line.text(#"},"environment":{"type":"browser","operatingSystem":"#)
        line.string(random.pick(systems))
        line.text(#","browserDetails":{"name":"#)
        line.string(random.pick(browsers))
        line.text(#","viewportHeight":"#)
        line.number(random.number(in: 500...1_300))
        line.text(#","viewportWidth":"#)
        line.number(random.number(in: 360...2_400))
        line.text(#","javaScriptEnabled":true,"userAgent":"#)
        line.string(random.pick(agents))
        line.text("}}")
    }

    private static func writePlace(of person: Person, random: inout SampleRandom, to line: inout LineWriter) {
        line.text(#","placeContext":{"localTimezoneOffset":"#)
        line.number(random.pick([-480, -300, 0, 60, 540]))
        line.text(#","geo":{"countryCode":"#)
        line.string(person.country)
        line.text(#","city":"#)
        line.string(person.city)
        line.text(#","_schema":{"latitude":"#)
        line.amount(random.below(9_000))
        line.text(#","longitude":"#)
        line.amount(random.below(18_000))
        line.text("}}}")
    }

    private static func writeCommerce(
        kind: Int, product: Int, random: inout SampleRandom, to line: inout LineWriter
    ) {
        let quantity = kind < 85 ? 1 : random.number(in: 1...4)
        let total = Products.price(product) * quantity
        line.text(#","commerce":{"#)
        switch kind {
        case ..<85: line.text(#""productViews":{"value":1}"#)
        case ..<96: line.text(#""productListAdds":{"value":1}"#)
        default:
            line.text(#""purchases":{"value":1},"order":{"purchaseID":"W"#)
            line.number(random.below(10_000_000), digits: 8)
            line.text(#"","currencyCode":"EUR","priceTotal":"#)
            line.amount(total)
            line.text("}")
        }
        line.text(#"},"productListItems":[{"SKU":"#)
        Products.writeSKU(product, to: &line)
        line.text(#","name":"#)
        line.string(Products.name(product))
        line.text(#","quantity":"#)
        line.number(quantity)
        line.text(#","priceTotal":"#)
        line.amount(total)
        line.text(#","productCategories":[{"categoryID":"#)
        line.string(Products.category(product))
        line.text("}]}]")
    }
}

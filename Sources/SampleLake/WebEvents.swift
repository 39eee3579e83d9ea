// Web events in the shape of XDM's ExperienceEvent: visits of one to twelve steps, each an event.

/// Writes visits to the shop, event by event.
struct WebEvents: RowWriter {
    private let world: World
    private var random: SeededGenerator
    private var visit: Visit
    private var moment: Moment
    private var cart: [Product] = []

    /// What stays the same from the first event of a visit to its last.
    private struct Visit {
        let person: Person
        let isLoggedIn: Bool
        let browser: Browser
        let channel: Channel
        let address: Int
        let number: Int
        var stepsLeft: Int
        var step = 0

        init(world: World, random: inout SeededGenerator) {
            person = world.person(random.pickPopular(below: World.peopleCount))
            isLoggedIn = random.chance(35)
            browser = Browser.all[random.pickPopular(below: Browser.all.count)]
            channel = Channel.all[random.pickPopular(below: Channel.all.count)]
            address = random.below(1 << 16)
            number = random.pick(1...40)
            stepsLeft = 1 + random.pickPopular(below: 12)
        }
    }

    private enum Step {
        case page, search, productView, cartAdd, checkout, purchase, linkClick
    }

    init(part: Part) {
        world = part.world
        random = part.random
        visit = Visit(world: part.world, random: &random)
        moment = Moment(milliseconds: part.world.now.milliseconds - random.pick(1...2_592_000_000))
    }

    mutating func writeRow(to row: inout RowBuffer) {
        if visit.stepsLeft == 0 {
            visit = Visit(world: world, random: &random)
            moment = Moment(milliseconds: world.now.milliseconds - random.pick(3_600_000...2_592_000_000))
            cart = []
        }
        visit.stepsLeft -= 1
        visit.step += 1
        moment.milliseconds += random.pick(900...180_000)
        let step = nextStep()
        let product = world.products[random.pickPopular(below: world.products.count)]
        if step == .cartAdd { cart.append(product) }

        row.raw(#"{"_id":""#)
        row.uuid(&random)
        row.raw(#"","timestamp":""#)
        row.timestamp(moment)
        row.raw(#"","eventType":""#)
        row.raw(eventType(of: step))
        row.raw(#"","#)
        writeIdentities(to: &row)
        writePage(step, product, to: &row)
        writeSurroundings(to: &row)
        writeCommerce(step, product, to: &row)
        writeMarketing(to: &row)
        writeAnalytics(step, to: &row)
        row.raw("}")
        if step == .purchase { cart = [] }
    }

    private mutating func nextStep() -> Step {
        if visit.step == 1 { return .page }
        let dice = random.below(100)
        switch dice {
        case ..<22: return .page
        case ..<34: return .search
        case ..<70: return .productView
        case ..<82: return .cartAdd
        case ..<88: return cart.isEmpty ? .productView : .checkout
        case ..<94: return cart.isEmpty ? .page : .purchase
        default: return .linkClick
        }
    }

    private func eventType(of step: Step) -> StaticString {
        switch step {
        case .page, .search: "web.webpagedetails.pageViews"
        case .productView: "commerce.productViews"
        case .cartAdd: "commerce.productListAdds"
        case .checkout: "commerce.checkouts"
        case .purchase: "commerce.purchases"
        case .linkClick: "web.webinteraction.linkClicks"
        }
    }

    private func writeIdentities(to row: inout RowBuffer) {
        row.raw(#""identityMap":{"ECID":[{"id":""#)
        row.visitorID(visit.person)
        row.raw(#"","authenticatedState":"ambiguous","primary":true}]"#)
        if visit.isLoggedIn {
            row.raw(#","CRMID":[{"id":""#)
            row.customerID(visit.person)
            row.raw(#"","authenticatedState":"authenticated","primary":false}],"Email_LC_SHA256":[{"id":""#)
            row.hashedEmail(visit.person)
            row.raw(#"","authenticatedState":"authenticated","primary":false}]"#)
        }
        row.raw("},")
    }

    private mutating func writePage(_ step: Step, _ product: Product, to row: inout RowBuffer) {
        row.raw(#""web":{"webPageDetails":{"URL":"https://shop.example.com/"#)
        row.raw(visit.person.place.language)
        switch step {
        case .page:
            row.raw("/")
            writeQuery(to: &row)
            row.raw(#"","name":"home","siteSection":"home""#)
        case .search:
            row.raw("/search")
            writeQuery(to: &row)
            row.raw("&page=")
            row.integer(1 + random.pickPopular(below: 9))
            row.raw(#"","name":"search results","siteSection":"search""#)
        case .productView, .cartAdd, .linkClick:
            row.raw("/p/")
            row.sku(product)
            writeQuery(to: &row)
            row.raw(#"","name":"product: "#)
            row.text(product.name)
            row.raw(#"","siteSection":""#)
            row.text(product.category)
            row.raw(#"""#)
        case .checkout:
            row.raw(#"/checkout/address","name":"checkout: address","siteSection":"checkout""#)
        case .purchase:
            row.raw(#"/checkout/thank-you","name":"checkout: thank you","siteSection":"checkout""#)
        }
        row.raw(#","server":"shop.example.com","isErrorPage":false,"isHomePage":"#)
        row.raw(step == .page ? "true" : "false")
        row.raw(#","pageViews":{"value":"#)
        row.raw(step == .linkClick ? "0" : "1")
        row.raw(#"}},"webReferrer":{"URL":""#)
        row.raw(visit.step == 1 ? visit.channel.referrer : "https://shop.example.com/")
        row.raw(#"","type":""#)
        row.raw(visit.step == 1 ? visit.channel.referrerType : "internal")
        row.raw(#""}"#)
        if step == .linkClick {
            row.raw(#","webInteraction":{"name":"add to wish list","type":"other","linkClicks":{"value":1}}"#)
        }
        row.raw("},")
    }

    private mutating func writeQuery(to row: inout RowBuffer) {
        row.raw("?visit=")
        row.hexadecimal(visit.person.visitor.1 ^ UInt64(visit.number), digits: 16)
        row.raw("&click=")
        row.hexadecimal(random.next(), digits: 16)
    }

    private func writeSurroundings(to row: inout RowBuffer) {
        let browser = visit.browser
        let place = visit.person.place
        row.raw(#""environment":{"type":"browser","ipV4":"203.0."#)
        row.integer(visit.address >> 8)
        row.raw(".")
        row.integer(visit.address & 0xFF)
        row.raw(#"","language":""#)
        row.raw(place.language)
        row.raw(#"","browserDetails":{"userAgent":""#)
        row.raw(browser.userAgent)
        row.raw(#"","cookiesEnabled":true,"javaScriptEnabled":true,"viewportWidth":"#)
        row.integer(browser.width - visit.address % 40)
        row.raw(#","viewportHeight":"#)
        row.integer(browser.height - 120 - visit.address % 7)
        row.raw(#"}},"device":{"#)
        row.raw(browser.device)
        row.raw(#","screenWidth":"#)
        row.integer(browser.width)
        row.raw(#","screenHeight":"#)
        row.integer(browser.height)
        row.raw(#","screenOrientation":""#)
        row.raw(browser.width > browser.height ? "landscape" : "portrait")
        row.raw(#"","colorDepth":24},"placeContext":{"geo":"#)
        row.geo(visit.person)
        row.raw(#","localTime":""#)
        row.timestamp(Moment(milliseconds: moment.milliseconds + place.timeZone * 60_000))
        row.raw(#"","localTimezoneOffset":"#)
        row.integer(-place.timeZone)
        row.raw("},")
    }

    private mutating func writeCommerce(_ step: Step, _ product: Product, to row: inout RowBuffer) {
        let items: [Product]
        switch step {
        case .page, .search, .linkClick: return
        case .productView:
            row.raw(#""commerce":{"productViews":{"value":1}},"#)
            items = [product]
        case .cartAdd:
            row.raw(#""commerce":{"productListAdds":{"value":1}},"#)
            items = [product]
        case .checkout:
            row.raw(#""commerce":{"checkouts":{"value":1}},"#)
            items = cart
        case .purchase:
            row.raw(#""commerce":{"purchases":{"value":1},"order":{"purchaseID":"ORD-"#)
            row.integer(random.below(10_000_000))
            row.raw(#"","currencyCode":""#)
            row.raw(visit.person.place.currency)
            row.raw(#"","priceTotal":"#)
            row.decimal(cart.reduce(0) { $0 + $1.price }, places: 2)
            row.raw(#"},"shipping":{"shippingMethod":"standard"}},"#)
            items = cart
        }
        row.raw(#""productListItems":["#)
        for (index, item) in items.enumerated() {
            row.raw(index == 0 ? #"{"SKU":""# : #",{"SKU":""#)
            row.sku(item)
            row.raw(#"","name":""#)
            row.text(item.name)
            row.raw(#"","quantity":1,"priceTotal":"#)
            row.decimal(item.price, places: 2)
            row.raw(#","currencyCode":""#)
            row.raw(visit.person.place.currency)
            row.raw(#""}"#)
        }
        row.raw("],")
    }

    private func writeMarketing(to row: inout RowBuffer) {
        row.raw(#""marketing":{"trackingCode":""#)
        row.raw(visit.channel.campaign)
        row.raw(#"-2026","campaignName":""#)
        row.raw(visit.channel.campaign)
        row.raw(#""},"channel":{"_id":"https://ns.adobe.com/xdm/channels/"#)
        row.raw(visit.channel.id)
        row.raw(#"","mediaAction":"clicks"},"#)
    }

    private mutating func writeAnalytics(_ step: Step, to row: inout RowBuffer) {
        row.raw(#""_experience":{"analytics":{"session":{"num":"#)
        row.integer(visit.number)
        row.raw(#","depth":"#)
        row.integer(visit.step)
        row.raw(#"},"customDimensions":{"eVars":{"eVar1":""#)
        row.raw(visit.isLoggedIn ? "logged in" : "anonymous")
        row.raw(#"","eVar5":""#)
        row.raw(visit.channel.id)
        row.raw(#"","eVar12":""#)
        row.hexadecimal(random.next(), digits: 16)
        row.raw(#"","eVar20":""#)
        row.uuid(&random)
        row.raw(#"","eVar21":null}},"event1to100":{"event1":{"value":"#)
        row.integer(random.below(3))
        row.raw(#"}}}},"requestId":""#)
        row.uuid(&random)
        row.raw(#"","implementationDetails":{"name":"https://ns.adobe.com/experience/alloy","#)
        row.raw(#""version":"2.28.1","environment":"browser"},"receivedTimestamp":""#)
        row.timestamp(Moment(milliseconds: moment.milliseconds + random.pick(40...2_500)))
        row.raw(#"""#)
    }
}

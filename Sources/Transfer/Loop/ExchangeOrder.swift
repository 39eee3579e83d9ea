// What the event loop is asked for.

import HTTPTypes

/// One exchange as a task wants it.
struct ExchangeOrder: Sendable {
    /// A request, checked: nothing in it can be mistaken for the end of a line.
    struct Request: Sendable {
        let method: String
        /// Path and query, as they are sent.
        let target: String
        let fields: HTTPFields
        let body: OutgoingBody
        let counters: TransferCounters?
        /// Whether libcurl may send it again when a kept connection turns out to be closed.
        let mayBeRepeated: Bool
        let usesHTTP2: Bool
        let buffers: EasyHandle.Buffers
    }

    enum Purpose: Sendable {
        case request(Request)
        /// Only resolves the name.
        case resolve
        /// Only connects, with TLS or without.
        case connect(isSecured: Bool)
    }

    let origin: HTTPOrigin
    let purpose: Purpose

    /// Whether its connection may carry other exchanges at the same time.
    var mayShareConnection: Bool {
        guard case .request(let request) = purpose else { return false }
        return request.usesHTTP2 && origin.scheme == "https"
    }
}

/// What an exchange gives.
enum ExchangeAnswer: Sendable {
    /// The header has come; the body comes, or has come, into the buffer.
    case reply(ResponseHead, ReplyBuffer)
    /// The addresses that were resolved; none when a connection was made.
    case reached([String])
}

/// The bytes that a request carries, as the event loop takes them.
enum OutgoingBody: Sendable {
    case bytes([UInt8])
    case stream(UploadBuffer)

    var length: Int64? {
        switch self {
        case .bytes(let bytes): Int64(bytes.count)
        case .stream(let buffer): buffer.length
        }
    }

    /// Whether it is there still when it was sent.
    var canBeSentAgain: Bool {
        switch self {
        case .bytes: true
        case .stream: false
        }
    }
}

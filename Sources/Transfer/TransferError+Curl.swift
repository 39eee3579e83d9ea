// What libcurl's codes mean.

import CCurl
import Glibc
import Languages

extension TransferError {
    /// Says what libcurl's code means for an exchange that just failed.
    init(_ code: CURLcode, of exchange: Exchange) {
        let easy = exchange.easy
        let origin = exchange.order.origin
        let proxy = exchange.loop.configuration.proxies.proxy(for: origin)
        let (phase, kind) = Self.meaning(of: code, in: exchange, usesProxy: proxy != nil)
        let proxyStatus = easy.number(CURLINFO_HTTP_CONNECTCODE)
        self.init(
            host: origin.authority, phase: phase, kind: kind,
            reason: .verbatim(Self.withoutCredentials(easy.reason(of: code))),
            wasAnswered: exchange.head.status != 0)
        wasOnKeptConnection =
            [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING].contains(code) && exchange.head.size == 0
            && easy.number(CURLINFO_NUM_CONNECTS) == 0 && !exchange.order.mayShareConnection
        if kind == .proxy {
            self.proxy = proxy?.address
            // A proxy that has said no will say it again.
            if proxyStatus != 0 { isRetryable = proxyStatus >= 500 }
            if proxy?.isUnderstood == false { isRetryable = false }
        }
    }

    private static func meaning(
        of code: CURLcode, in exchange: Exchange, usesProxy: Bool
    ) -> (Phase, Kind) {
        let easy = exchange.easy
        let refusedByProxy = ![0, 200].contains(easy.number(CURLINFO_HTTP_CONNECTCODE))
        let systemError = Int32(truncatingIfNeeded: easy.number(CURLINFO_OS_ERRNO))
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return (.resolve, .nameNotResolved)
        case CURLE_COULDNT_RESOLVE_PROXY: return (.resolve, .proxy)
        case CURLE_PROXY: return (.connect, .proxy)
        case CURLE_COULDNT_CONNECT:
            if usesProxy { return (.connect, .proxy) }
            return (.connect, systemError == ECONNREFUSED ? .refused : .unreachable)
        case CURLE_OPERATION_TIMEDOUT: return (easy.phaseOfConnecting, .timedOut)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_INVALIDCERTSTATUS:
            return (.secure, .certificateNotTrusted)
        case CURLE_SSL_CONNECT_ERROR:
            let wasCut =
                [ECONNRESET, EPIPE].contains(systemError) || easy.reason(of: code).contains("SYSCALL")
            return (.secure, wasCut ? .interrupted : .secureConnectionFailed)
        case CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED:
            return (.secure, .secureConnectionFailed)
        case _ where refusedByProxy: return (.connect, .proxy)
        case CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND: return (.send, .interrupted)
        case CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            return (exchange.phase, .interrupted)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_WRITE_ERROR:
            return (.receive, .invalidAnswer)
        case CURLE_URL_MALFORMAT: return (.prepare, .invalidRequest)
        default: return (exchange.phase, .other)
        }
    }

    /// An answer that ended within its header.
    init(cutHeaderOf exchange: Exchange) {
        self.init(
            host: exchange.order.origin.authority, phase: .receive, kind: .interrupted,
            reason: Text("the connection was closed before the header of the answer was whole"),
            wasAnswered: true)
    }

    /// A client that could not be set up, by the system's error.
    static func cannotStart(reason: Int32) -> TransferError {
        TransferError(
            host: "", phase: .prepare, kind: .other, reason: .verbatim(String(cString: strerror(reason))))
    }

    /// A client that could not be set up because there is no libcurl, in the words of the C library.
    static func libraryMissing(words: String) -> TransferError {
        TransferError(
            host: "", phase: .prepare, kind: .other,
            reason: Text("libcurl cannot be loaded (\(words)); install it, with apt install libcurl4"))
    }

    /// What is asked of a client that has been shut down.
    static func shutDown(host: String) -> TransferError {
        TransferError(host: host, phase: .prepare, kind: .shutDown, reason: Text("the client was shut down"))
    }

    /// libcurl quotes the address of a proxy that it does not understand, with all that is in it.
    static func withoutCredentials(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let authority = rest.prefix { !$0.isWhitespace && $0 != "/" && $0 != "'" }
            if let at = authority.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        }
        return result + rest
    }
}

extension EasyHandle {
    /// How far the connection had come when its time was up.
    fileprivate var phaseOfConnecting: TransferError.Phase {
        if offset(CURLINFO_NAMELOOKUP_TIME_T) == 0 { return .resolve }
        // libcurl notes the time of connecting only after TLS; its words tell the two apart.
        return reason(of: CURLE_OPERATION_TIMEDOUT).contains("SSL") ? .secure : .connect
    }
}

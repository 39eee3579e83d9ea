// The functions that libcurl calls. Their context is the exchange, unretained: the loop holds every exchange
// until its handle has left libcurl, and libcurl calls only from within the loop's own calls.

import CCurl
import CCurlOptions
import Glibc

extension EasyHandle {
    /// Names the functions that libcurl calls; once for each handle.
    func setCallbacks() {
        curl_set_data_function(curl, CURLOPT_READFUNCTION) { room, size, count, context in
            guard let exchange = Exchange.of(context) else { return Int(CURL_READFUNC_ABORT) }
            return exchange.send(into: UnsafeMutableRawBufferPointer(start: room, count: size * count))
        }
        curl_set_data_function(curl, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let exchange = Exchange.of(context) else { return 0 }
            return exchange.receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        curl_set_data_function(curl, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let exchange = Exchange.of(context) else { return 0 }
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return exchange.receive(headLine: line) ? line.count : 0
        }
        curl_set_seek_function(curl) { context, offset, origin in
            guard let exchange = Exchange.of(context), origin == SEEK_SET else {
                return CURL_SEEKFUNC_CANTSEEK
            }
            return exchange.rewind(to: Int(offset))
        }
    }

    /// Names the exchange that the functions are called for; nil for none.
    func setContext(_ exchange: Exchange?) {
        for option in [
            CURLOPT_READDATA, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_SEEKDATA, CURLOPT_PRIVATE,
        ] { set(option, context: exchange) }
        guard let exchange, case .resolve = exchange.order.purpose else { return }
        set(CURLOPT_OPENSOCKETDATA, context: exchange)
        // Writes down the address and opens nothing, so that only the name is resolved.
        curl_set_open_socket_function(curl) { context, _, address in
            if let exchange = Exchange.of(context), let text = address.flatMap(numericAddress) {
                exchange.found(address: text)
            }
            return CURL_SOCKET_BAD
        }
    }
}

extension Exchange {
    fileprivate static func of(_ context: UnsafeMutableRawPointer?) -> Exchange? {
        context.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The exchange of a handle that libcurl has done with.
    static func of(easy: UnsafeMutableRawPointer) -> Exchange? {
        var context: UnsafeMutableRawPointer?
        curl_get_pointer(easy, CURLINFO_PRIVATE, &context)
        return of(context)
    }
}

/// An address as text, without its port.
private func numericAddress(_ address: UnsafeMutablePointer<curl_sockaddr>) -> String? {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let length = address.pointee.addrlen
    let code = withUnsafePointer(to: &address.pointee.addr) {
        getnameinfo($0, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    }
    guard code == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

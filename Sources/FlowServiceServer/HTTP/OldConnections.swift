// A client of HTTP/1.0 waits for the end of the connection, which one of HTTP/1.1 keeps (RFC 9112, section 9.3).
import NIOCore
import NIOHTTP1

/// Ends the connection after the answer to a request of HTTP/1.0 that does not ask for more.
final class OldConnections: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version == .http1_0, !head.isKeepAlive else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// Adds the handler where requests still have a version: handlers of our own come behind that place.
    final class Installer: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = NIOAny

        func handlerAdded(context: ChannelHandlerContext) {
            let pipeline = context.pipeline.syncOperations
            do {
                let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
                try pipeline.addHandler(OldConnections(), position: .after(decoder))
            } catch {
                context.fireErrorCaught(error)
            }
        }
    }
}

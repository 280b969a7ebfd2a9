import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Host

@Suite struct AssetTests {
    @Test(arguments: ["gzip, deflate, br, zstd", "br;q=1.0, GZIP; q=0.8"])
    func `who takes gzip gets the style sheet and the script at a third of their size`(header: String) {
        for asset in [Assets().styleSheet, Assets().script] {
            let answer = asset.response(to: request(header))
            #expect(answer.headers[.contentEncoding] == "gzip" && answer.headers[.vary] == "Accept-Encoding")
            #expect((answer.body.contentLength ?? .max) < asset.bytes.readableBytes * 2 / 5)
        }
    }

    @Test(arguments: [nil, "", "br", "gzip;q=0", "xgzip"])
    func `who does not gets the bytes as they are`(header: String?) {
        let asset = Assets().styleSheet
        let answer = asset.response(to: request(header))
        #expect(answer.headers[.contentEncoding] == nil && answer.headers[.vary] == "Accept-Encoding")
        #expect(answer.body.contentLength == asset.bytes.readableBytes)
    }

    private func request(_ header: String?) -> Request {
        var head = HTTPRequest(method: .get, scheme: "http", authority: nil, path: "/")
        head.headerFields[.acceptEncoding] = header
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }
}

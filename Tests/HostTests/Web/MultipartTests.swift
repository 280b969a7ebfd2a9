import Testing

@testable import ModuleKit

/// Forms with files, as browsers send them.
@Suite struct MultipartTests {
    private static let type = "multipart/form-data; boundary=----x"

    private static func body(_ parts: String...) -> [UInt8] {
        Array((parts.map { "------x\r\n\($0)\r\n" }.joined() + "------x--\r\n").utf8)
    }

    @Test func `fields and files are told apart, and bytes are kept as they are`() throws {
        let body = Self.body(
            "Content-Disposition: form-data; name=\"text\"\r\n\r\nto\r\nlinjer",
            "Content-Disposition: form-data; name=\"files\"; filename=\"C:\\bilder\\å%22.png\"\r\nContent-Type: image/png\r\n\r\n\u{0}\r\n--\r\n",
            "Content-Disposition: form-data; name=\"files\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        let form = try #require(Multipart(body, contentType: Self.type))
        #expect(form.values.map(\.name) == ["text"] && form.values.map(\.value) == [Array("to\r\nlinjer".utf8)])
        #expect(
            form.files == [
                FormFile(field: "files", name: "å\".png", type: "image/png", bytes: [0, 13, 10, 45, 45, 13, 10])
            ])
    }

    @Test(arguments: [
        ("", type), ("------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1", type),
        ("------x--", "multipart/form-data"),
        ("------x\r\nContent-Disposition: form-data\r\n\r\n1\r\n------x--", type),
        ("a=1", "application/x-www-form-urlencoded"),
    ])
    func `what is cut off or has no names is refused`(body: String, type: String) {
        #expect(Multipart(Array(body.utf8), contentType: type) == nil)
    }

    @Test func `an empty form is one`() {
        #expect(Multipart(Array("------x--\r\n".utf8), contentType: Self.type)?.files.isEmpty == true)
    }
}

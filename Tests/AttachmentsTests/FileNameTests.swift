import Testing

@testable import Attachments

struct FileNameTests {
    @Test(arguments: [
        ("bråk på rom 203.pdf", "bråk på rom 203.pdf", FileKind.pdf), ("IMG_1.JPG", "IMG_1.JPG", .jpeg),
        ("../../etc/passwd", "passwd.txt", .text), ("C:\\Users\\kari\\bilde.png", "bilde.png", .png),
        ("bilde.png", "bilde.png.jpg", .jpeg), ("faktura.pdf.exe", "faktura.pdf.exe.pdf", .pdf),
        ("evil\u{202E}gpj.exe", "evilgpj.exe.jpg", .jpeg), ("", "pdf.pdf", .pdf), (".txt", "txt.txt", .text),
        ("a\u{0}b\r\nc.txt", "abc.txt", .text), ("<img src=x>.gif", "img src=x.gif", .gif), ("...", "docx.docx", .docx),
        ("notat", "notat.txt", .text), ("side.html", "side.html.txt", .text),
    ])
    func `a name keeps what can be seen, and ends as what the file is`(raw: String, kept: String, kind: FileKind) {
        #expect(FileName.clean(raw, kind: kind) == kept)
    }

    @Test func `a very long name is cut and still ends as it should`() {
        let name = FileName.clean(String(repeating: "å", count: 5000) + ".pdf", kind: .pdf)
        #expect(name.count == 124 && name.hasSuffix(".pdf"))
    }
}

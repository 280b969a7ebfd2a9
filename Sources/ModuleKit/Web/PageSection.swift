/// A heading and what stands under it.
public struct PageSection: Sendable {
    public let title: String
    public let paragraphs: [String]

    public init(_ title: String, _ paragraphs: String...) { (self.title, self.paragraphs) = (title, paragraphs) }

    /// The same with one more at its end.
    public func adding(_ paragraph: String) -> PageSection { PageSection(title, all: paragraphs + [paragraph]) }

    private init(_ title: String, all paragraphs: [String]) { (self.title, self.paragraphs) = (title, paragraphs) }

    public var html: HTML {
        "<section class=\"stack tight\"><h2>\(title)</h2>\(paragraphs.map { "<p>\($0)</p>" as HTML })</section>"
    }
}

/// Why a file is not taken.
public enum Refusal: Error, Sendable, Hashable {
    case empty
    case tooLarge
    /// The case has as many files as it may have.
    case tooMany
    /// The files of the case would be too much together.
    case noRoom
    /// None of the kinds we know.
    case unknown
    /// HTML, SVG or other XML.
    case webPage
    /// A program or a script.
    case program
    /// Zip, rar and the like, also inside a document.
    case archive
    /// Office formats of before 2007, which may hold macros that nobody sees.
    case oldDocument
    case macros
    /// A PDF with scripts, forms that send, or files inside.
    case activePDF
    /// Two formats in one: a picture that is a program archive as well.
    case mixed
    /// Cut off, encrypted, or not built as its kind is.
    case damaged
    case virus
    /// Could not be searched for viruses now.
    case scannerAway
}

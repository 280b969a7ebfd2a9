import DeviationsCore
public import EventKit
public import Vault

/// A file of a case.
public struct CaseFile: Sendable {
    public let file: SealedFile
    /// Id of the preview's own file; nil when there is none.
    public let preview: String?
    /// Id of the person who sent it.
    public let author: String
    public let at: Timestamp
    /// Only for those who handle the case.
    public let isPrivate: Bool
    /// Only for an intake officer who gives a reason: a mask hides all of it.
    public let isHidden: Bool
}

extension CaseFile {
    /// Whether a part of its name is hidden.
    var isMasked: Bool { file.name.contains(MaskPassage.mark) }

    /// What it is saved as, as the file in this place among those the viewer sees, from 1: of a name that is partly hidden nothing is left.
    func savedName(place: Int) -> String {
        guard isMasked else { return file.name }
        let ending = file.name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
        return
            (["vedlegg-\(place)"]
            + [ending].compactMap { $0.map(String.init) }.filter { !$0.contains(MaskPassage.mark) })
            .joined(separator: ".")
    }
}

/// A taken file, ready to be stored with a case: its preview, if it has one, is made.
public struct PreparedFile: Sendable {
    let file: SealedFile
    let preview: SealedFile?
}

/// Why files were not stored with a case.
public enum CaseFileError: Error, Sendable {
    /// The case has as many as it may have.
    case tooMany
    /// Stored with a case already, or taken too long ago.
    case gone
    /// There is none to be stored.
    case none
}

import ModuleKit

/// What one of the world's things is.
enum AccessKind: Sendable, Hashable {
    case deviation, whistleblow, consultation, measure, template, summary, hse
    case token, session, grant, deputyship, request, ownRequest, webhook, contact, category, mail

    /// The parameter of an address that names one.
    var parameter: String {
        switch self {
        case .deviation, .whistleblow: "id"
        case .request, .ownRequest: "request"
        case .webhook: "hook"
        case .hse: "reference"
        case .mail: "name"
        default: "\(self)"
        }
    }
}

/// Whom a route lets in.
enum Admission: Sendable, Equatable {
    /// Everybody, signed in or not.
    case open
    case signedIn
    /// Who has the right at the institution itself; the others are told no.
    case everywhere(Right)
    /// Who has the right to anything at all; the others are told no.
    case anywhere(Right)
    /// The same, but for the others there is no such address.
    case anywhereHidden(Right)
    /// Whom the policy gives the right on the thing; as unknown to whom it says so.
    case thing(Right, AccessKind)
    /// Who has the right to anything at all, and for them those things on which they have it.
    case among(Right, AccessKind)
    /// Who has the right on the thing; for the others it does not exist, whatever else they may see.
    case hidden(Right, AccessKind)
    /// Who stands in the relation to the thing; for the others it does not exist.
    case related(String, AccessKind)
    /// The one it belongs to; for the others it does not exist.
    case own(AccessKind)
    /// The same for who has the right to have any; the others are told no.
    case ownWith(Right, AccessKind)
    /// Who has the right at the institution, and has not asked for it themselves; the others are told no.
    case answering(AccessKind)
    /// The same, but for the others it does not exist.
    case answeringHidden(AccessKind)
    /// Who gives the role that a grant is of; for the others it does not exist.
    case giving
    /// Who gives any role at all.
    case givingAny
}

/// A described route.
struct RouteRule: Sendable {
    let door: Admission
    /// Never called by those who may: it would change what the others are asked about, or never end.
    var onlyRefusals = false
    /// Whether there may be nothing there for those who may.
    var mayBeMissing = false
    /// By whom it is opened besides, for the scope of a token.
    var isSearch = false

    init(_ door: Admission, onlyRefusals: Bool = false, mayBeMissing: Bool = false, isSearch: Bool = false) {
        (self.door, self.onlyRefusals, self.mayBeMissing, self.isSearch) = (door, onlyRefusals, mayBeMissing, isSearch)
    }

    /// The kind of thing whose id stands in the address.
    var kind: AccessKind? {
        switch door {
        case .thing(_, let kind), .among(_, let kind), .hidden(_, let kind), .related(_, let kind), .own(let kind),
            .ownWith(_, let kind),
            .answering(let kind), .answeringHidden(let kind):
            kind
        case .giving: .grant
        case .open, .signedIn, .everywhere, .anywhere, .anywhereHidden, .givingAny: nil
        }
    }
}

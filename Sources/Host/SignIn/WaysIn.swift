import ModuleKit
import Storage

extension Foundations {
    /// What whoever starts the host should know when nobody can sign in; nil when somebody can.
    ///
    /// - Throws: `StorageError`.
    public func nobodyGetsIn() async throws -> String? {
        let isEmpty = try await database.read { try Directory.allPeople(limit: 1, in: $0) }.isEmpty
        return switch (isEmpty, settings.offersDemoSignIn) {
        case (false, true): nil
        case (true, true):
            "Nobody can sign in: there are no people yet. `trivsel demo` loads demo people; your own come with sign-in by OpenID Connect, which is not built yet."
        case (true, false):
            "Nobody can sign in: there are no people yet. They come with sign-in by OpenID Connect, which is not built yet."
        case (false, false):
            "Nobody can sign in: sign-in by OpenID Connect is not built yet, and the demo's is for signIn.demo on a loopback address only. The API takes tokens."
        }
    }
}

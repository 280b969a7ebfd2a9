import ModuleKit
import Storage

extension Foundations {
    /// What whoever starts the host should know when nobody can sign in; nil when somebody can.
    ///
    /// - Throws: `StorageError`.
    public func nobodyGetsIn() async throws -> String? {
        guard settings.providers.isEmpty else { return nil }
        guard settings.offersDemoSignIn else {
            return
                "Nobody can sign in: signIn.providers names no provider, and the demo's sign-in is for signIn.demo on a loopback address only. The API takes tokens."
        }
        let isEmpty = try await database.read { try Directory.allPeople(limit: 1, in: $0) }.isEmpty
        return isEmpty
            ? "Nobody can sign in: there are no people yet. `trivsel demo` loads demo people; your own come with a provider, see signIn.providers."
            : nil
    }
}

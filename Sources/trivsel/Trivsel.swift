import ArgumentParser

/// The program: a host, or a worker, or a tool for those who run them.
@main
struct Trivsel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trivsel", abstract: "The learning environment of a university: host, workers and tools.",
        discussion:
            "Settings come from Config/trivsel.yaml and TRIVSEL_… in the environment; `trivsel config` shows them.",
        version: "0.1.0",
        subcommands: [
            Serve.self, Work.self, RelayCommand.self, Migrate.self, Demo.self, Modules.self, Config.self,
            PolicyCommand.self, Token.self, RoleCommand.self, DirectoryCommand.self, TenantCommand.self,
            Keys.self, Events.self, Readers.self, Audit.self, VaultKeys.self, MoveDatabase.self,
            Backups.self, RestoreBackup.self,
        ])
}

import Storage

extension DeviationsMigrations {
    static let searchBlocks = Migration(module: "deviations", number: 43, name: "newest found first") {
        DeviationStore.search.indexBlocks($0)
    }
}

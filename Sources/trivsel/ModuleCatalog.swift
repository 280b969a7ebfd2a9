import DeviationsModule
import ModuleKit
import WhistleblowingModule

/// The modules compiled in, in the order of the menu. Which of them run is the configuration's choice.
enum ModuleCatalog {
    static let all: [any FeatureModule.Type] = [DeviationsModule.self, WhistleblowingModule.self]

    /// The settings that all of them declare, on or off.
    static var settings: [Setting] { all.flatMap { $0.manifest.settings } }
}

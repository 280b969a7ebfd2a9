enum ModuleKitPlaceholder {}

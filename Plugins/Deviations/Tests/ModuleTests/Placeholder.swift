enum ModuleTestsPlaceholder {}

enum HostTestsPlaceholder {}

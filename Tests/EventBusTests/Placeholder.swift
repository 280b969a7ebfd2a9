enum EventBusTestsPlaceholder {}

enum ZeroMQTestsPlaceholder {}

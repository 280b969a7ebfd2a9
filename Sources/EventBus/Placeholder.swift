enum EventBusPlaceholder {}

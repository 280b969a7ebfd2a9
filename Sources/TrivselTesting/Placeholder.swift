enum TrivselTestingPlaceholder {}

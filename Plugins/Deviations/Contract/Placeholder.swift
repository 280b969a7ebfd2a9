enum DeviationsContractPlaceholder {}

package io.orderflow.routes.parking;

/** What came of a decision: the record as it is now; nothing where somebody else was first, or there is no such record. */
record Decided(boolean known, Parked parked) {
}

package io.orderflow.routes.parking;

/** What was decided about a parked record; a decision is for good. */
enum ParkedState {
    PARKED, REPLAYED, DISCARDED
}

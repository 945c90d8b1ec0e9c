package io.orderflow.local.check;

/** What must be true of the whole system once nothing is on its way. */
public enum Invariant {
    REST("nothing is on its way any more, and nothing came while we looked"),
    I1("an accepted order is stored as it was placed, once; no other is there"),
    I2("every order has ended, and ended once"),
    I3("the stock adds up, and orders hold what they asked for"),
    I4("a paid order is charged once, its total to the cent; no other is"),
    I5("outboxes are empty, and topics tell what the rows say, no more and no less"),
    I6("every record is answered or parked"),
    I7("the events of an order come in the order of its versions"),
    I8("order, reservation and payment go together"),
    I9("stock answers an order once, and only what is reserved is paid for"),
    I10("what is parked is the poison, or somebody has decided on it; byte for byte"),
    I11("every group has committed as far as there is, and no further"),
    I12("who reads an order finds it, and it never goes back");

    /** What is promised, in a sentence. */
    public final String promise;

    Invariant(String promise) {
        this.promise = promise;
    }
}

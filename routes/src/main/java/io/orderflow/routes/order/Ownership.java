package io.orderflow.routes.order;

import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Refusal;
import io.orderflow.routes.door.Who;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Whose an order is: a customer orders for themselves and sees their own; an operator orders for anybody and sees all. */
class Ownership {

    OrderRequest claim(@Body OrderRequest request, @ExchangeProperty(Who.PROPERTY) Who who) {
        if (request.customer() == null)
            return new OrderRequest(who.name(), request.currency(), request.paymentMethod(), request.lines());
        if (!who.mayActFor(request.customer()))
            throw new Refusal(Problem.forbidden("You can order for yourself only: leave the customer out, or name yourself"));
        return request;
    }

    /** The same for each of many; what is a problem stays one. */
    List<Object> claimEach(@Body List<Object> requests, @ExchangeProperty(Who.PROPERTY) Who who) {
        return requests.stream().map(request -> request instanceof OrderRequest order ? Refusal.orProblem(() -> claim(order, who)) : request).toList();
    }

    /** What is not theirs to see is not there, for whether it is would be no business of theirs either. */
    void check(@Body Order order, @ExchangeProperty(Who.PROPERTY) Who who) {
        if (order != null && !who.mayActFor(order.customer()))
            throw new Refusal(Problem.notFound("There is no order with this id"));
    }

    OrderQuery narrow(@Body OrderQuery query, @ExchangeProperty(Who.PROPERTY) Who who) {
        if (who.isOperator())
            return query;
        if (query.customer() != null && !who.mayActFor(query.customer()))
            throw new Refusal(Problem.forbidden("You can see your own orders only: leave the customer out, or name yourself"));
        return new OrderQuery(who.name(), query.status(), query.reason(), query.from(), query.to(), query.limit(), query.after());
    }
}

package io.orderflow.routes.parking;

import io.orderflow.routes.event.Topics;
import io.orderflow.routes.failure.Failure;
import io.orderflow.routes.parking.Replays.Outcome;
import io.orderflow.routes.parking.Replays.Replay;
import io.orderflow.routes.parking.Replays.Sent;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Handler;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * Puts records, byte for byte and under their own key, where the route that parked them alone hears them. One that the broker will never
 * take holds up nobody. In an outage, what was sent until then is told; where nothing was, the outage is.
 */
class ReplayPost implements CamelContextAware {
    private CamelContext camel;
    private ProducerTemplate post;

    @Handler
    Sent send(Replays replays) {
        var told = new ArrayList<Outcome>();
        for (var replay : replays.replays())
            try {
                told.add(new Outcome(replay.id(), send(replay)));
            } catch (CamelExecutionException e) {
                if (told.isEmpty())
                    throw e;
                break;
            }
        return new Sent(replays.most(), told);
    }

    /** Null, or why it can never be sent. */
    private String send(Replay replay) {
        if (!Topics.listeners().contains(replay.route()))
            return "There is no route of this name any more";
        try {
            post.sendBody("kafka:" + Topics.replay(replay.route()), List.of(letter(replay)));
            return null;
        } catch (CamelExecutionException e) {
            if (Failure.of(e) == Failure.PERMANENT)
                return e.getCause().toString();
            throw e;
        }
    }

    private Message letter(Replay replay) {
        var letter = new DefaultMessage(camel);
        letter.setBody(replay.payload());
        letter.setHeader(KafkaConstants.KEY, replay.key());
        return letter;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
        this.post = camel.createProducerTemplate();
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }
}

package io.orderflow.routes.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.EveryRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker-compose.yml} lets each app hear, say and listen as is what its routes do, and no more. */
@EveryRoute
class AccessTest {
    @Autowired
    ModelCamelContext camel;

    private final Map<String, Set<String>> hears = new TreeMap<>();
    private final Map<String, Set<String>> says = new TreeMap<>();
    private final Map<String, Set<String>> listens = new TreeMap<>();

    @Test
    void theContainersAllowWhatTheRoutesDo() throws Exception {
        for (var route : camel.getRouteDefinitions()) {
            hear(route);
            for (var to : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class))
                if (to.getEndpointUri().startsWith("kafka:"))
                    add(says, app(route), topics(to.getEndpointUri()));
        }
        // The parking desk says again what it is told to, by the route that is to hear it.
        add(says, "order-app", Topics.listeners().stream().map(Topics::replay).toArray(String[]::new));
        assertThat(list("HEARS")).isEqualTo(hears);
        assertThat(list("SAYS")).isEqualTo(says);
        assertThat(list("LISTENS")).isEqualTo(listens);
    }

    /** A listener is a group of its own name, and the names of its topics for replay and for parking follow from that. */
    private void hear(RouteDefinition route) throws Exception {
        var from = route.getInput().getEndpointUri();
        if (!from.startsWith("kafka:"))
            return;
        var id = route.getRouteId();
        assertThat(URISupport.parseQuery(URISupport.extractQuery(from))).containsEntry("groupId", id);
        var topics = new TreeSet<>(Arrays.asList(topics(from)));
        assertThat(topics.remove(Topics.replay(id))).as("%s hears %s", id, Topics.replay(id)).isTrue();
        add(hears, app(route), topics.toArray(String[]::new));
        add(listens, app(route), id);
    }

    /** The one that hosts the route's service; the order app hosts the parking desk, too. */
    private static String app(RouteDefinition route) {
        var service = EventsPage.service(route).toLowerCase(Locale.ROOT);
        return (service.equals("parking") ? "order" : service) + "-app";
    }

    private static void add(Map<String, Set<String>> lists, String app, String... names) {
        lists.computeIfAbsent(app, none -> new TreeSet<>()).addAll(Arrays.asList(names));
    }

    private static String[] topics(String uri) {
        return uri.substring("kafka:".length()).replaceFirst("\\?.*", "").split(",");
    }

    private static Map<String, Set<String>> list(String name) throws IOException {
        Map<String, Map<String, Map<String, Map<String, Object>>>> compose = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of("../docker-compose.yml")));
        Map<String, Set<String>> lists = new TreeMap<>();
        for (var entry : compose.get("services").get("topics").get("environment").get(name).toString().strip().split("\\s+"))
            add(lists, entry.split(":")[0], entry.split(":")[1].split(","));
        return lists;
    }
}

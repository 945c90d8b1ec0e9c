package io.orderflow.local;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/** A statement of the flow whose arrays are filled in from a batch that is given as JSON, as its route fills them in from records. */
class Filled {
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    private Filled() {
    }

    /** The text of {@code orders/place-orders}, ready to be run. */
    static String statement(String name, JsonNode batch) throws IOException {
        String sql = new ClassPathResource("sql/" + name + ".sql").getContentAsString(StandardCharsets.UTF_8);
        return PARAMETER.matcher(sql).replaceAll(parameter -> array(batch, parameter.group(1).split("_")));
    }

    private static String array(JsonNode batch, String[] path) {
        List<JsonNode> found = elements(batch);
        List<String> owners = new ArrayList<>();
        for (String step : path) {
            if (step.equals("n"))
                return "array[" + String.join(", ", owners) + "]";
            List<JsonNode> next = new ArrayList<>();
            owners = new ArrayList<>();
            for (int n = 0; n < found.size(); n++) {
                for (JsonNode element : elements(found.get(n).path(step))) {
                    next.add(element);
                    owners.add(String.valueOf(n + 1));
                }
            }
            found = next;
        }
        return found.stream().map(value -> value.isMissingNode() || value.isNull() ? "null" : "'" + value.asText() + "'").collect(joining(", ", "array[", "]"));
    }

    private static List<JsonNode> elements(JsonNode node) {
        List<JsonNode> elements = new ArrayList<>();
        if (node.isArray())
            node.forEach(elements::add);
        else
            elements.add(node);
        return elements;
    }
}

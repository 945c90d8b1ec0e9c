package io.orderflow.local.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What a check has found.
 *
 * @param looked what there was to look at, and how much of it
 * @param findings one of each invariant, in their order
 */
public record Verdict(Map<String, Long> looked, List<Finding> findings) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Whether nothing that was looked at is broken. */
    public boolean isClean() {
        return findings.stream().noneMatch(Finding::isViolated);
    }

    /** The invariants that are broken. */
    public Set<Invariant> violated() {
        return findings.stream().filter(Finding::isViolated).map(Finding::invariant).collect(Collectors.toCollection(() -> EnumSet.noneOf(Invariant.class)));
    }

    public Finding of(Invariant invariant) {
        return findings.get(invariant.ordinal());
    }

    /** A table that can be read at any hour: what is broken comes with examples. */
    public String text() {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add(looked.entrySet().stream().map(some -> String.format(Locale.ROOT, "%,d %s", some.getValue(), some.getKey())).collect(Collectors.joining(", ", "Looked at ", ".")));
        for (Finding finding : findings) {
            String result = finding.isViolated() ? String.format(Locale.ROOT, "VIOLATED by %,d", finding.count()) : finding.notLookedAt() == null ? "ok" : "not looked at: " + finding.notLookedAt();
            text.add(String.format("  %-5s%-80s %s", finding.invariant(), finding.invariant().promise, result));
            finding.examples().forEach(example -> text.add("         " + example));
            if (finding.count() > finding.examples().size()) {
                text.add("         ...");
            }
        }
        return text.add(isClean() ? "Clean." : "VIOLATED: " + violated().stream().map(Invariant::name).collect(Collectors.joining(", ")) + ".").toString();
    }

    /** The same for programs. */
    public String json() {
        ObjectNode json = JSON.createObjectNode().put("clean", isClean());
        json.set("looked", JSON.valueToTree(looked));
        findings.forEach(finding -> json.withArray("findings").addObject().put("invariant", finding.invariant().name()).put("promise", finding.invariant().promise)
            .put("violated", finding.isViolated()).put("count", finding.count()).put("notLookedAt", finding.notLookedAt()).set("examples", JSON.valueToTree(finding.examples())));
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

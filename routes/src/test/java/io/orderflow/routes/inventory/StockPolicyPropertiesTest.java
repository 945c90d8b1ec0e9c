package io.orderflow.routes.inventory;

import static io.orderflow.routes.event.Examples.line;
import static io.orderflow.routes.event.Examples.orderCreated;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.event.OrderCreated;
import io.orderflow.routes.event.OrderCreated.Line;
import io.orderflow.routes.inventory.Judgements.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class StockPolicyPropertiesTest {
    private final StockPolicy policy = new StockPolicy();

    /** Few SKUs and little of each, so that orders stand in each other's way; one SKU that nobody sells. */
    @Provide
    Arbitrary<Map<String, Long>> stock() {
        return Arbitraries.maps(Arbitraries.of("A", "B", "C"), Arbitraries.longs().between(0, 12));
    }

    @Provide
    Arbitrary<List<OrderCreated>> orders() {
        var line = Combinators.combine(Arbitraries.of("A", "B", "C", "unsold"), Arbitraries.longs().between(1, 6)).as((sku, quantity) -> line(sku, quantity));
        return line.list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(12).map(StockPolicyPropertiesTest::numbered);
    }

    private static List<OrderCreated> numbered(List<List<Line>> lines) {
        var orders = new ArrayList<OrderCreated>();
        lines.forEach(one -> orders.add(orderCreated(orders.size(), one.toArray(Line[]::new))));
        return orders;
    }

    private List<Judgement> judge(List<OrderCreated> orders, Map<String, Long> stock) {
        return policy.judge(policy.open(orders), stock.entrySet().stream().map(item -> new Available(item.getKey(), item.getValue())).toList()).judgements();
    }

    private static Map<String, Long> wanted(OrderCreated order) {
        return order.lines().stream().collect(Collectors.groupingBy(Line::sku, TreeMap::new, Collectors.summingLong(Line::quantity)));
    }

    /** What is left once the accepted orders have got every line of theirs. */
    private static Map<String, Long> rest(Map<String, Long> stock, List<Judgement> judgements) {
        var left = new TreeMap<>(stock);
        judgements.stream().filter(judgement -> judgement.shortOf().isEmpty())
            .forEach(judgement -> wanted(judgement.order()).forEach((sku, quantity) -> left.merge(sku, -quantity, Long::sum)));
        return left;
    }

    @Property
    void stockNeverGoesNegative(@ForAll("stock") Map<String, Long> stock, @ForAll("orders") List<OrderCreated> orders) {
        var judgements = judge(orders, stock);

        for (var n = 0; n <= judgements.size(); n++)
            assertThat(rest(stock, judgements.subList(0, n)).values()).allMatch(left -> left >= 0);
    }

    @Property
    void everyOrderIsJudgedOnceAndInItsTurn(@ForAll("stock") Map<String, Long> stock, @ForAll("orders") List<OrderCreated> orders) {
        assertThat(judge(orders, stock)).extracting(Judgement::order).isEqualTo(orders);
    }

    @Property
    void whatIsAcceptedFitsWithEveryLineAfterThoseAcceptedBeforeIt(@ForAll("stock") Map<String, Long> stock, @ForAll("orders") List<OrderCreated> orders) {
        var judgements = judge(orders, stock);

        for (var n = 0; n < judgements.size(); n++)
            if (judgements.get(n).shortOf().isEmpty())
                assertThat(missing(judgements.get(n).order(), rest(stock, judgements.subList(0, n)))).isEmpty();
    }

    @Property
    void whatIsRefusedReallyDoesNotFitAfterThoseAcceptedBeforeIt(@ForAll("stock") Map<String, Long> stock, @ForAll("orders") List<OrderCreated> orders) {
        var judgements = judge(orders, stock);

        for (var n = 0; n < judgements.size(); n++)
            if (!judgements.get(n).shortOf().isEmpty())
                assertThat(judgements.get(n).shortOf()).isEqualTo(missing(judgements.get(n).order(), rest(stock, judgements.subList(0, n))));
    }

    private static List<String> missing(OrderCreated order, Map<String, Long> left) {
        return wanted(order).entrySet().stream().filter(line -> line.getValue() > left.getOrDefault(line.getKey(), 0L)).map(Map.Entry::getKey).toList();
    }

    @Property
    void theResultIsTheSameHoweverTheOrdersAreCutIntoBatches(@ForAll("stock") Map<String, Long> stock, @ForAll("orders") List<OrderCreated> orders,
        @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 5) Integer> cuts) {
        var inBatches = new ArrayList<Judgement>();
        var left = stock;
        var rest = orders;
        for (var cut : cuts) {
            var batch = judge(rest.subList(0, Math.min(cut, rest.size())), left);
            inBatches.addAll(batch);
            left = rest(left, batch);
            rest = rest.subList(batch.size(), rest.size());
        }
        inBatches.addAll(judge(rest, left));

        assertThat(inBatches).isEqualTo(judge(orders, stock));
    }
}

package io.orderflow.local.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Topics as Kafka keeps them: each partition is a list that only grows, and each group has its place in each. */
class Log {
    static final int PARTITIONS = 3;

    private final Map<TopicPartition, List<Record>> partitions = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
    private final Map<String, Map<TopicPartition, Integer>> places = new LinkedHashMap<>();

    /**
     * A record where it lies.
     *
     * @param order the number of the order that it is about; it decides the partition, for ids differ from run to run
     * @param madeUp whether it was put there by the simulation and not by the system
     */
    record Record(TopicPartition partition, int offset, int order, byte[] key, byte[] value, Map<String, Object> headers, boolean madeUp) {
    }

    void join(String group, String... topics) {
        Map<TopicPartition, Integer> place = new LinkedHashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                place.put(new TopicPartition(topic, partition), 0);
            }
        }
        places.put(group, place);
    }

    void append(String topic, int order, byte[] key, byte[] value, Map<String, Object> headers, boolean madeUp) {
        TopicPartition partition = new TopicPartition(topic, partition(order));
        List<Record> records = records(partition);
        records.add(new Record(partition, records.size(), order, key, value, headers, madeUp));
    }

    static int partition(int order) {
        return Math.floorMod(order, PARTITIONS);
    }

    Collection<TopicPartition> partitions(String group) {
        return places.get(group).keySet();
    }

    /** What a group has not committed yet of a partition. */
    List<Record> ahead(String group, TopicPartition partition) {
        List<Record> records = records(partition);
        return List.copyOf(records.subList(place(group, partition), records.size()));
    }

    boolean lags(String group) {
        return partitions(group).stream().anyMatch(partition -> place(group, partition) < records(partition).size());
    }

    int place(String group, TopicPartition partition) {
        return places.get(group).get(partition);
    }

    void commit(String group, TopicPartition partition, int place) {
        places.get(group).put(partition, place);
    }

    /** Everything that was ever sent to a topic, each partition in its order. */
    List<Record> all(String topic) {
        List<Record> all = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            all.addAll(records(new TopicPartition(topic, partition)));
        }
        return all;
    }

    private List<Record> records(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, none -> new ArrayList<>());
    }
}

#!/usr/bin/env bash
# Creates the topics of $TOPICS that are not there yet; those for parked records take larger records than the others.
set -euo pipefail

kafka_topics() {
    "${KAFKA_HOME:-/opt/kafka}"/bin/kafka-topics.sh --bootstrap-server "$ORDERFLOW_KAFKA" "$@"
}

there=$(kafka_topics --list)
for topic in $TOPICS; do
    if ! grep -qxF "$topic" <<< "$there"; then
        larger=()
        [[ $topic != *.parked ]] || larger=(--config "max.message.bytes=$PARKED_RECORD_BYTES")
        kafka_topics --create --if-not-exists --topic "$topic" --partitions "$PARTITIONS" --replication-factor 1 \
            --config "retention.ms=$RETENTION_MS" "${larger[@]}"
    fi
done

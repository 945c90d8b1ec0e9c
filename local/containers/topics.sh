#!/usr/bin/env bash
# Creates the topics of $TOPICS that are not there yet (those for parked records take larger records than the others), and lets each app do what
# $LISTENS, $HEARS and $SAYS say, and nothing else.
set -euo pipefail

login=$(mktemp)
printf 'security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=%s\n' "$ORDERFLOW_KAFKA_JAAS" > "$login"

kafka() {
    "${KAFKA_HOME:-/opt/kafka}/bin/kafka-$1.sh" --bootstrap-server "$ORDERFLOW_KAFKA" --command-config "$login" "${@:2}"
}

there=$(kafka topics --list)
for topic in $TOPICS; do
    if ! grep -qxF "$topic" <<< "$there"; then
        larger=()
        [[ $topic != *.parked ]] || larger=(--config "max.message.bytes=$PARKED_RECORD_BYTES")
        kafka topics --create --if-not-exists --topic "$topic" --partitions "$PARTITIONS" --replication-factor 1 \
            --config "retention.ms=$RETENTION_MS" "${larger[@]}"
    fi
done

# What a list says of an app, in words.
of() {
    local entry
    for entry in $1; do
        [[ $entry != "$2":* ]] || tr ',' ' ' <<< "${entry#*:}"
    done
}

for entry in $LISTENS; do
    app=${entry%%:*}
    reads=() writes=()
    for topic in $(of "$HEARS" "$app"); do reads+=(--topic "$topic"); done
    for topic in $(of "$SAYS" "$app"); do writes+=(--topic "$topic"); done
    for route in $(of "$LISTENS" "$app"); do
        reads+=(--group "$route" --topic "$route.replay")
        writes+=(--topic "$route.parked")
    done
    kafka acls --add --allow-principal "User:$app" --operation Read "${reads[@]}"
    kafka acls --add --allow-principal "User:$app" --operation Write "${writes[@]}"
done

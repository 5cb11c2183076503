package dev.brigade.dispatcher.app.fleet;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps a global table: the newest record of each key, with the time at which the broker took it.
 */
public final class TableProcessor implements Processor<String, byte[], Void, Void> {

    private final String table;
    private KeyValueStore<String, FleetView.Heard> rows;

    /**
     * @param table name of the store
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public TableProcessor(String table) {
        this.table = table;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        rows = context.getStateStore(table);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            rows.delete(record.key());
        } else {
            rows.put(record.key(), new FleetView.Heard(record.timestamp(), record.value()));
        }
    }
}

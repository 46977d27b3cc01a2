package io.millrace.engine.plan;

import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** What a topology's state is kept in. */
@FunctionalInterface
public interface StoreSuppliers {

    /** RocksDB, in the processor's state directory. */
    StoreSuppliers PERSISTENT = Stores::persistentKeyValueStore;

    /** The store of this name. */
    KeyValueBytesStoreSupplier keyValue(String storeName);
}

package io.millrace.engine.differential;

import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.streams.Topology;

/**
 * Topologies over {@link RetainedStores}, where the engine can be given stores: {@code PlanTopology.build(plan, registry,
 * StoreSuppliers)}, with {@code StoreSuppliers} an interface of the one method {@code keyValue(storeName)}. It is looked for by name, so
 * that these tests compile with and without it.
 */
final class RetainedTopology {

    private RetainedTopology() {}

    /** What builds topologies over {@code stores}; empty when the engine brings its own. */
    static Optional<SqlRun.TopologyBuilder> over(RetainedStores stores) {
        return Arrays.stream(PlanTopology.class.getMethods())
                .filter(method -> method.getName().equals("build") && method.getParameterCount() == 3)
                .findFirst()
                .map(method -> (plan, registry) -> build(method, plan, registry, stores));
    }

    private static Topology build(
            Method method, PipelinePlan plan, SchemaRegistryClient registry, RetainedStores stores) {
        Class<?> suppliers = method.getParameterTypes()[2];
        Object proxy = Proxy.newProxyInstance(
                suppliers.getClassLoader(),
                new Class<?>[] {suppliers},
                (self, called, arguments) -> stores.keyValue((String) arguments[0]));
        try {
            return (Topology) method.invoke(null, plan, registry, proxy);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}

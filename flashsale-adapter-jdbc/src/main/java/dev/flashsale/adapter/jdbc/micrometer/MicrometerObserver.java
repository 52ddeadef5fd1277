package dev.flashsale.adapter.jdbc.micrometer;

import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.SaleObserver;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes use cases and batches. Each call of a use case is a {@value #USE_CASE}, each batch a {@value #BATCH}: a child of
 * the call that leads it, on whose thread it runs. {@link BatchTracingHandler} makes spans of batches, linked with the calls that share
 * it.
 */
public final class MicrometerObserver implements SaleObserver {

    /**
     * With {@code flashsale.use_case}, such as {@code holds.place}, {@code flashsale.outcome}, such as {@code sold_out}, and in
     * traces {@code code.function.name}.
     */
    public static final String USE_CASE = "flashsale.use.case";

    /** With {@code flashsale.kind}, such as {@code hold}, and in traces {@code flashsale.batch.size}. */
    public static final String BATCH = "flashsale.batch.transaction";

    static final String BATCH_SIZE = "flashsale.batch.size";

    private static final System.Logger LOG = System.getLogger(MicrometerObserver.class.getName());
    private static final String OUTCOME = "flashsale.outcome";

    private final ObservationRegistry registry;

    public MicrometerObserver(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public <T> T useCases(Class<T> type, T useCases) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getDeclaringClass().equals(Object.class)
                        ? call(useCases, method, arguments)
                        : observed(type, useCases, method, arguments)));
    }

    private @Nullable Object observed(
            Class<?> type, Object useCases, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        String name = type.getSimpleName().toLowerCase(Locale.ROOT) + "." + method.getName();
        try (Observed observed = new Observed(() -> Observation.createNotStarted(USE_CASE, registry)
                .contextualName(name)
                .lowCardinalityKeyValue("flashsale.use_case", name)
                .lowCardinalityKeyValue(OUTCOME, KeyValue.NONE_VALUE)
                .highCardinalityKeyValue("code.function.name", type.getName() + "." + method.getName()))) {
            try {
                Object answer = call(useCases, method, arguments);
                observed.tell(it -> it.lowCardinalityKeyValue(OUTCOME, Words.ofAnswer(answer)));
                return answer;
            } catch (Throwable failed) {
                observed.tell(it -> it.error(failed));
                throw failed;
            }
        }
    }

    private static @Nullable Object call(Object useCases, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(useCases, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }

    @Override
    public @Nullable Object request() {
        return registry.getCurrentObservation();
    }

    @Override
    public <R> R batch(Kind kind, Supplier<List<@Nullable Object>> requests, Supplier<R> work) {
        BatchContext context = new BatchContext(requests);
        try (Observed observed = new Observed(() -> Observation.createNotStarted(BATCH, () -> context, registry)
                .contextualName(Words.word(kind) + " batch")
                .lowCardinalityKeyValue("flashsale.kind", Words.word(kind)))) {
            try {
                return work.get();
            } catch (Throwable failed) {
                observed.tell(it -> it.error(failed));
                throw failed;
            } finally {
                observed.tell(it -> {
                    String size = Integer.toString(context.size());
                    context.observations().forEach(request -> request.highCardinalityKeyValue(BATCH_SIZE, size));
                    return it.highCardinalityKeyValue(BATCH_SIZE, size);
                });
            }
        }
    }

    /** From its start to its stop, current on this thread. A handler that fails changes nothing but what is observed. */
    private static final class Observed implements AutoCloseable {

        private Observation observation = Observation.NOOP;
        private Observation.Scope scope = Observation.Scope.NOOP;

        Observed(Supplier<Observation> made) {
            safely(() -> {
                observation = made.get().start();
                scope = observation.openScope();
            });
        }

        void tell(java.util.function.UnaryOperator<Observation> what) {
            safely(() -> {
                Observation unused = what.apply(observation);
            });
        }

        @Override
        public void close() {
            safely(scope::close);
            safely(observation::stop);
        }

        private static void safely(Runnable what) {
            try {
                what.run();
            } catch (RuntimeException failed) {
                LOG.log(System.Logger.Level.WARNING, "What observes the sale failed; the sale goes on", failed);
            }
        }
    }
}

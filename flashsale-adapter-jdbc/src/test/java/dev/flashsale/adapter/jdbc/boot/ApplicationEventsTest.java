package dev.flashsale.adapter.jdbc.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.EventListener;
import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.SaleEvent;
import dev.flashsale.domain.event.SaleEvent.HoldPlaced;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A host's listeners are told what was committed, its own transactions too, and nothing else. */
class ApplicationEventsTest {

    private final ProductId product = Examples.newProductId();

    /** A host that listens as hosts do. */
    @Configuration(proxyBeanMethods = false)
    static class Host {

        final List<HoldPlaced> placed = new CopyOnWriteArrayList<>();
        final List<SaleEvent> all = new CopyOnWriteArrayList<>();

        @org.springframework.context.event.EventListener
        void on(HoldPlaced event) {
            placed.add(event);
        }

        @org.springframework.context.event.EventListener
        void on(SaleEvent event) {
            all.add(event);
        }
    }

    /** What others have left in the tables is not swept: it would be told. */
    private static ApplicationContextRunner host() {
        return HostContext.migrated()
                .withPropertyValues("flashsale.housekeeping=none")
                .withUserConfiguration(Host.class);
    }

    private Flashsale selling(ApplicationContext host) {
        Flashsale flashsale = host.getBean(Flashsale.class);
        assertThat(flashsale.products().put(Examples.product(product), 3)).isNotNull();
        return flashsale;
    }

    private HoldId place(Flashsale flashsale) {
        HoldId id = flashsale.holds().newId();
        assertThat(flashsale.holds().place(new HoldRequest(id, product, new Quantity(1))))
                .isNotNull();
        return id;
    }

    @Test
    void whatIsCommittedIsPublished() {
        host().run(context -> {
            HoldId id = place(selling(context));

            Host host = context.getBean(Host.class);
            assertThat(host.placed).extracting(HoldPlaced::holdId).containsExactly(id);
            assertThat(host.all)
                    .extracting(SaleEvent::kind)
                    .containsExactly(EventKind.STOCK_CHANGED, EventKind.HOLD_PLACED, EventKind.STOCK_CHANGED);
        });
    }

    @Test
    void theHostsOwnTransactionIsToldWhenItIsCommitted() {
        host().run(context -> {
            Flashsale flashsale = selling(context);
            Host host = context.getBean(Host.class);
            TransactionTemplate transaction =
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class));

            transaction.executeWithoutResult(rolledBack -> {
                HoldId unused = place(flashsale);
                rolledBack.setRollbackOnly();
            });
            assertThat(host.placed).isEmpty();

            HoldId id = transaction.execute(committed -> {
                HoldId placed = place(flashsale);
                assertThat(host.placed).isEmpty();
                return placed;
            });
            assertThat(host.placed).extracting(HoldPlaced::holdId).containsExactly(id);
        });
    }

    @Test
    void theHostsOwnTransactionKeepsWhatItTells() {
        host().withPropertyValues("flashsale.events.keep-kinds=hold.placed").run(context -> {
            Flashsale flashsale = selling(context);
            TransactionTemplate transaction =
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class));

            transaction.executeWithoutResult(rolledBack -> {
                HoldId unused = place(flashsale);
                rolledBack.setRollbackOnly();
            });
            HoldId id = transaction.execute(committed -> place(flashsale));

            assertThat(flashsale.events().after(product.value(), 0, 10))
                    .singleElement()
                    .satisfies(event -> assertThat(event.payload()).contains(String.valueOf(id)));
            assertThat(context.getBean(Host.class).placed)
                    .singleElement()
                    .satisfies(event -> assertThat(event.stamp().id()).isEqualTo(product + "-1"));
        });
    }

    @Test
    void onlyKindsThatAreSetArePublished() {
        host().withPropertyValues("flashsale.events.application=stock.*").run(context -> {
            HoldId unused = place(selling(context));

            assertThat(context.getBean(Host.class).placed).isEmpty();
            assertThat(context.getBean(Host.class).all).hasSize(2);
        });
        host().withPropertyValues("flashsale.events.application=").run(context -> {
            HoldId unused = place(selling(context));

            assertThat(context.getBean(Host.class).all).isEmpty();
        });
    }

    @Test
    void anUnknownKindIsRefusedByItsProperty() {
        host().withPropertyValues("flashsale.events.application=hold.gone")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("no kind of event: hold.gone"));
    }

    /** Another listener of the host's. */
    @Configuration(proxyBeanMethods = false)
    static class WithListener {

        final List<SaleEvent> told = new ArrayList<>();

        @Bean
        EventListener orders() {
            return new EventListener() {
                @Override
                public Set<EventKind> kinds() {
                    return Set.of(EventKind.HOLD_PLACED);
                }

                @Override
                public void committed(List<SaleEvent> events) {
                    told.addAll(events);
                }
            };
        }
    }

    @Test
    void aListenerBeanIsToldBesideThem() {
        host().withUserConfiguration(WithListener.class).run(context -> {
            HoldId unused = place(selling(context));

            assertThat(context.getBean(WithListener.class).told)
                    .extracting(SaleEvent::kind)
                    .containsExactly(EventKind.HOLD_PLACED);
            assertThat(context.getBean(Host.class).placed).hasSize(1);
        });
    }
}

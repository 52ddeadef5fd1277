package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.stock.StockRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Ports that only read what they should lock, for canaries: a race that ends well on these proves nothing. */
final class Unlocked {

    private Unlocked() {}

    static Ports stocks(Ports ports) {
        return new Ports(
                ports.transactions(),
                ports.products(),
                reading(StockRepository.class, ports.stocks()),
                ports.holds(),
                ports.orders(),
                ports.payments(),
                ports.audits(),
                ports.operatorLog(),
                ports.idempotencyKeys());
    }

    static Ports holds(Ports ports) {
        return new Ports(
                ports.transactions(),
                ports.products(),
                ports.stocks(),
                reading(HoldRepository.class, ports.holds()),
                ports.orders(),
                ports.payments(),
                ports.audits(),
                ports.operatorLog(),
                ports.idempotencyKeys());
    }

    static Ports orders(Ports ports) {
        return new Ports(
                ports.transactions(),
                ports.products(),
                ports.stocks(),
                ports.holds(),
                reading(OrderRepository.class, ports.orders()),
                ports.payments(),
                ports.audits(),
                ports.operatorLog(),
                ports.idempotencyKeys());
    }

    static Ports ordersAndTheirPayments(Ports ports) {
        PaymentRepository payments = ports.payments();
        return new Ports(
                ports.transactions(),
                ports.products(),
                ports.stocks(),
                ports.holds(),
                reading(OrderRepository.class, ports.orders()),
                (PaymentRepository) Proxy.newProxyInstance(
                        PaymentRepository.class.getClassLoader(),
                        new Class<?>[] {PaymentRepository.class},
                        (proxy, called, given) -> {
                            if (called.getName().equals("lockOf")) {
                                return ports
                                        .paymentLists()
                                        .ofOrders(Set.of((OrderId) given[0]))
                                        .rows()
                                        .values()
                                        .stream()
                                        .map(ReceivedPayment::payment)
                                        .toList();
                            }
                            try {
                                return called.invoke(payments, given);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }),
                ports.audits(),
                ports.operatorLog(),
                ports.idempotencyKeys());
    }

    private static <P> P reading(Class<P> port, P real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, called, given) -> {
                    Method instead = called.getName().equals("lock")
                            ? port.getMethod("find", called.getParameterTypes())
                            : called;
                    try {
                        return instead.invoke(real, given);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}

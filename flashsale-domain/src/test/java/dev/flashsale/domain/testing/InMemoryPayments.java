package dev.flashsale.domain.testing;

import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.testing.InMemoryDatabase.ReceivedPayment;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

final class InMemoryPayments implements PaymentRepository {

    private final InMemoryDatabase database;

    InMemoryPayments(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<TransactionId, RecordedPayment> lock(Set<TransactionId> ids) {
        synchronized (database) {
            Map<TransactionId, RecordedPayment> found = new TreeMap<>();
            Tables.among(database.tables().payments, ids).forEach((id, row) -> found.put(id, row.payment()));
            return found;
        }
    }

    @Override
    public void insert(Collection<RecordedPayment> payments) {
        synchronized (database) {
            payments.forEach(payment -> Tables.add(
                    database.tables().payments,
                    payment.payment().transactionId(),
                    new ReceivedPayment(payment, database.now())));
        }
    }

    @Override
    public List<Payment> lockKept(Set<OrderId> orderIds) {
        synchronized (database) {
            return database.tables().payments.values().stream()
                    .map(ReceivedPayment::payment)
                    .filter(payment -> payment.effect() == PaymentEffect.KEPT)
                    .map(RecordedPayment::payment)
                    .filter(payment -> orderIds.contains(payment.orderId()))
                    .toList();
        }
    }

    @Override
    public void settle(Collection<RecordedPayment> payments) {
        synchronized (database) {
            Map<TransactionId, ReceivedPayment> table = database.tables().payments;
            for (RecordedPayment settled : payments) {
                TransactionId id = settled.payment().transactionId();
                ReceivedPayment row = Tables.existing(table, id);
                if (row.payment().effect() != PaymentEffect.KEPT) {
                    throw new IllegalStateException("settled before: " + id);
                }
                RecordedPayment payment =
                        new RecordedPayment(row.payment().payment(), settled.effect(), settled.orderStatus());
                table.put(id, new ReceivedPayment(payment, row.receivedAt()));
            }
        }
    }

    @Override
    public Map<OrderId, List<RecordedPayment>> lockFreeOf(Set<OrderId> orderIds) {
        synchronized (database) {
            Map<OrderId, List<RecordedPayment>> payments = new TreeMap<>();
            orderIds.forEach(orderId -> payments.put(
                    orderId,
                    database.tables().payments.values().stream()
                            .map(ReceivedPayment::payment)
                            .filter(payment -> payment.payment().orderId().equals(orderId))
                            .toList()));
            return payments;
        }
    }

    @Override
    public void delete(Set<TransactionId> ids) {
        synchronized (database) {
            Tables.remove(database.tables().payments, ids);
        }
    }
}

package dev.flashsale.domain.testing;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentHousekeeping;
import dev.flashsale.domain.payment.PaymentLists;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

final class InMemoryPayments implements PaymentRepository, PaymentLists, PaymentHousekeeping {

    private final InMemoryDatabase database;

    InMemoryPayments(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<ReportId, RecordedPayment> lock(Set<TransactionId> ids) {
        synchronized (database) {
            Map<ReportId, RecordedPayment> found = new TreeMap<>();
            database.tables().payments.forEach((id, row) -> {
                if (ids.contains(id.transactionId())) {
                    found.put(id, row.payment());
                }
            });
            return found;
        }
    }

    @Override
    public void insert(Collection<RecordedPayment> payments) {
        synchronized (database) {
            payments.forEach(payment -> Tables.add(
                    database.tables().payments,
                    payment.payment().id(),
                    new ReceivedPayment(database.nextPaymentNumber(), payment, database.now())));
            listOpenRefunds(payments);
        }
    }

    private void listOpenRefunds(Collection<RecordedPayment> payments) {
        payments.stream()
                .filter(payment -> payment.effect() == PaymentEffect.REFUND_REQUIRED)
                .map(payment -> payment.payment().transactionId())
                .forEach(database.tables().openRefunds::add);
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
            Map<ReportId, ReceivedPayment> table = database.tables().payments;
            for (RecordedPayment settled : payments) {
                ReportId id = settled.payment().id();
                ReceivedPayment row = Tables.existing(table, id);
                if (row.payment().effect() != PaymentEffect.KEPT) {
                    throw new IllegalStateException("settled before: " + id);
                }
                RecordedPayment payment =
                        new RecordedPayment(row.payment().payment(), settled.effect(), settled.orderStatus());
                table.put(id, new ReceivedPayment(row.number(), payment, row.receivedAt()));
            }
            listOpenRefunds(payments);
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
    public List<RecordedPayment> lockOf(OrderId orderId) {
        return lockFreeOf(Set.of(orderId)).getOrDefault(orderId, List.of());
    }

    @Override
    public List<Payment> lockKeptFor(Duration age, int limit) {
        synchronized (database) {
            return database.tables().payments.values().stream()
                    .filter(row -> row.payment().effect() == PaymentEffect.KEPT)
                    .filter(row -> !row.receivedAt().plus(age).isAfter(database.now()))
                    .map(row -> row.payment().payment())
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<TransactionId> keptThoughOrdered(Duration age, int limit) {
        synchronized (database) {
            return database.tables().payments.values().stream()
                    .filter(row -> row.payment().effect() == PaymentEffect.KEPT)
                    .filter(row -> !row.receivedAt().plus(age).isBefore(database.now()))
                    .filter(row -> database.tables()
                            .orders
                            .containsKey(row.payment().payment().orderId()))
                    .map(row -> row.payment().payment().transactionId())
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public Set<TransactionId> openRefunds(Set<TransactionId> ids) {
        synchronized (database) {
            Set<TransactionId> open = new TreeSet<>(ids);
            open.retainAll(database.tables().openRefunds);
            return open;
        }
    }

    @Override
    public Slice<Long, ReceivedPayment> openRefunds(long after, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    database.tables().payments.values().stream()
                            .filter(row -> row.number() > after)
                            .filter(row -> row.payment().payment().status() == PaymentStatus.SUCCESS)
                            .filter(row -> database.tables()
                                    .openRefunds
                                    .contains(row.payment().payment().transactionId()))
                            .map(refund -> Map.entry(refund.number(), refund)),
                    limit);
        }
    }

    @Override
    public Slice<Long, ReceivedPayment> kept(long after, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    database.tables().payments.values().stream()
                            .filter(row -> row.number() > after && row.payment().effect() == PaymentEffect.KEPT)
                            .map(row -> Map.entry(row.number(), row)),
                    limit);
        }
    }

    @Override
    public Slice<Long, ReceivedPayment> ofOrders(Set<OrderId> ids) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    database.tables().payments.values().stream()
                            .filter(row -> ids.contains(row.payment().payment().orderId()))
                            .map(row -> Map.entry(row.number(), row)),
                    Integer.MAX_VALUE);
        }
    }

    @Override
    public void listConflicts(Collection<ConflictingReport> reports) {
        synchronized (database) {
            List<ListedConflict> listed = database.tables().conflicts;
            for (ConflictingReport report : reports) {
                if (listed.stream().noneMatch(conflict -> conflict.report().equals(report))) {
                    long number = listed.size() + 1L;
                    listed.add(new ListedConflict(number, report, database.now()));
                    database.tables().openConflicts.add(number);
                }
            }
        }
    }

    @Override
    public boolean resolveConflict(long number) {
        synchronized (database) {
            return database.tables().openConflicts.remove(number);
        }
    }

    @Override
    public Slice<Long, ListedConflict> conflicts(long after, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    database.tables().conflicts.stream()
                            .filter(conflict -> conflict.number() > after
                                    && database.tables().openConflicts.contains(conflict.number()))
                            .map(conflict -> Map.entry(conflict.number(), conflict)),
                    limit);
        }
    }

    @Override
    public void refundDone(Set<TransactionId> ids) {
        synchronized (database) {
            for (TransactionId id : ids) {
                if (!database.tables().openRefunds.remove(id)) {
                    throw new IllegalStateException("not to be given back: " + id);
                }
            }
        }
    }

    @Override
    public void delete(Set<ReportId> ids) {
        synchronized (database) {
            Tables.remove(database.tables().payments, ids);
        }
    }
}

package dev.flashsale.application;

import dev.flashsale.application.ModelRows.Logged;
import dev.flashsale.application.ModelRows.Offer;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Edit;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.PutOutcome;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.TotalChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** What becomes of products and their totals in the hands of a program and of operators. */
final class ProductModel {

    private final ModelRows rows;

    ProductModel(ModelRows rows) {
        this.rows = rows;
    }

    /** What is over does not stand in the way. */
    PutOutcome put(Product product, int total, SaleRules rules) {
        ProductId id = product.id();
        Offer before = rows.offers.get(id);
        if (before != null) {
            Currency currency = before.product().price().currency();
            if (!product.price().currency().equals(currency)) {
                return new PutOutcome.CurrencyIsFixed(currency);
            }
            int taken = rows.total(id) - rows.available(id);
            if (total < taken) {
                return new AdjustOutcome.BelowTaken(taken);
            }
        }
        Offer after = new Offer(product, rules);
        if (before == null) {
            add(after, total, Cause.PROGRAM);
        } else {
            if (!after.equals(before) || total != rows.total(id)) {
                log(Action.PRODUCT_CHANGED, id, Cause.PROGRAM);
            }
            rows.offers.put(id, after);
            enter(id, total, Cause.PROGRAM);
        }
        return new AdjustOutcome.Adjusted(rows.stock(id));
    }

    ProductView create(NewProduct product) {
        long last =
                rows.offers.keySet().stream().mapToLong(ProductId::value).max().orElse(0);
        ProductId id = new ProductId(last + 1);
        add(
                new Offer(new Product(id, product.name(), product.price()), product.rules()),
                product.total(),
                Command.OPERATOR);
        return view(id);
    }

    private void add(Offer offer, int total, Cause cause) {
        ProductId id = offer.product().id();
        rows.offers.put(id, offer);
        enter(id, total, cause);
        log(Action.PRODUCT_CREATED, id, cause);
    }

    /** What is over does not stand in the way. */
    AdjustOutcome adjust(ProductId id, int total) {
        if (!rows.offers.containsKey(id)) {
            return new AdjustOutcome.UnknownProduct(id);
        }
        int taken = rows.total(id) - rows.available(id);
        if (total < taken) {
            return new AdjustOutcome.BelowTaken(taken);
        }
        if (total != rows.total(id)) {
            log(Action.STOCK_ADJUSTED, id, Command.OPERATOR);
        }
        enter(id, total, Command.OPERATOR);
        return new AdjustOutcome.Adjusted(rows.stock(id));
    }

    WindowOutcome open(ProductId id) {
        if (!rows.offers.containsKey(id)) {
            return new WindowOutcome.UnknownProduct(id);
        }
        SaleWindow window = rows.offer(id).rules().window();
        return new WindowOutcome.Set(
                switch (state(window)) {
                    case OPEN -> window;
                    case UPCOMING -> set(id, Action.SALE_OPENED, new SaleWindow(rows.now, window.endsAt()));
                    case OVER -> set(id, Action.SALE_OPENED, new SaleWindow(rows.now, null));
                });
    }

    WindowOutcome close(ProductId id) {
        if (!rows.offers.containsKey(id)) {
            return new WindowOutcome.UnknownProduct(id);
        }
        SaleWindow window = rows.offer(id).rules().window();
        Instant start = rows.now.equals(window.startsAt()) ? null : window.startsAt();
        return new WindowOutcome.Set(
                switch (state(window)) {
                    case OVER -> window;
                    case OPEN -> set(id, Action.SALE_CLOSED, new SaleWindow(start, rows.now));
                    case UPCOMING -> set(id, Action.SALE_CLOSED, new SaleWindow(null, rows.now));
                });
    }

    private SaleWindow set(ProductId id, Action action, SaleWindow window) {
        Offer before = rows.offer(id);
        rows.offers.put(
                id,
                new Offer(
                        before.product(),
                        new SaleRules(
                                before.rules().maxPerHold(),
                                before.rules().maxPerCustomer(),
                                window,
                                before.rules().retired())));
        log(action, id, Command.OPERATOR);
        return window;
    }

    /** Without the words that tell people what is wrong. */
    ChangeOutcome change(ProductId id, ProductChange change) {
        Offer before = rows.offers.get(id);
        if (before == null) {
            return new ChangeOutcome.UnknownProduct(id);
        }
        Product product = before.product();
        Currency currency = product.price().currency();
        if (change.currency() != null && !change.currency().equals(currency)) {
            return new ChangeOutcome.CurrencyIsFixed(currency);
        }
        BigDecimal price = change.price() == null ? product.price().amount() : change.price();
        if (price.scale() > currency.getDefaultFractionDigits()) {
            return new ChangeOutcome.InvalidPrice("");
        }
        SaleRules rules = before.rules();
        Instant start = edited(change.saleStartsAt(), rules.window().startsAt());
        Instant end = edited(change.saleEndsAt(), rules.window().endsAt());
        if (start != null && end != null && !start.isBefore(end)) {
            return new ChangeOutcome.InvalidWindow();
        }
        Offer after = new Offer(
                new Product(id, change.name() == null ? product.name() : change.name(), new Money(price, currency)),
                new SaleRules(
                        edited(change.maxPerHold(), rules.maxPerHold()),
                        edited(change.maxPerCustomer(), rules.maxPerCustomer()),
                        new SaleWindow(start, end),
                        change.retired() == null ? rules.retired() : change.retired()));
        if (!after.equals(before)) {
            log(Action.PRODUCT_CHANGED, id, Command.OPERATOR);
        }
        rows.offers.put(id, after);
        return new ChangeOutcome.Changed(after.product(), after.rules());
    }

    private static <T> @Nullable T edited(Edit<T> edit, @Nullable T before) {
        return edit instanceof Edit.To<T> to ? to.value() : before;
    }

    ProductView view(ProductId id) {
        Offer offer = rows.offer(id);
        return new ProductView(
                offer.product(),
                new Stock(id, rows.total(id), rows.available(id), offer.rules()),
                offer.rules().retired() ? SaleState.OVER : state(offer.rules().window()));
    }

    private SaleState state(SaleWindow window) {
        if (window.startsAt() != null && rows.now.isBefore(window.startsAt())) {
            return SaleState.UPCOMING;
        }
        return rows.isOver(window.endsAt()) ? SaleState.OVER : SaleState.OPEN;
    }

    private void enter(ProductId id, int total, Cause cause) {
        int more = total - rows.total(id);
        if (more != 0) {
            rows.ledger.add(new TotalChange(id, more, rows.now, cause));
        }
    }

    private void log(Action action, ProductId id, Cause cause) {
        rows.log.add(new Logged(rows.now, cause, action, id.value()));
    }
}

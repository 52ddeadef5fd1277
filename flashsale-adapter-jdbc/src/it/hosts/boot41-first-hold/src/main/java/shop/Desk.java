package shop;

import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;

@Service
public class Desk {

    private final JdbcClient jdbc;
    private final Flashsale flashsale;

    Desk(JdbcClient jdbc, Flashsale flashsale) {
        this.jdbc = jdbc;
        this.flashsale = flashsale;
    }

    @Transactional
    public HoldOutcome book(ProductId product, String note) {
        HoldId id = flashsale.holds().newId();
        jdbc.sql("insert into booking (hold_id, note) values (?, ?)")
                .params(id.toString(), note)
                .update();
        HoldOutcome outcome = flashsale.holds().place(new HoldRequest(id, product, new Quantity(1)));
        if (!(outcome instanceof HoldOutcome.Placed)) {
            TransactionInterceptor.currentTransactionStatus().setRollbackOnly();
        }
        return outcome;
    }
}

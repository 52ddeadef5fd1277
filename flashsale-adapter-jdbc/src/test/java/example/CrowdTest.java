package example;

import static dev.flashsale.application.testing.FlashsaleAssertions.assertThat;
import static dev.flashsale.domain.testing.HoldRequestBuilder.aHoldOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.testing.EmbeddedMariaDb;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.testing.Given;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.product.ProductId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CrowdTest {

    @Test
    void aHundredBuyersOnTwoNodesGetTheTenPiecesThatThereAre() throws Exception {
        try (HikariDataSource dataSource = EmbeddedMariaDb.newDataSource();
                ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            Schema.migrate(dataSource);
            Flashsale one = Flashsale.on(JdbcPorts.on(dataSource), Settings.defaults());
            Flashsale other = Flashsale.on(JdbcPorts.on(dataSource), Settings.defaults());
            ProductId console = Given.in(one).productOnSale(10);

            List<Callable<HoldOutcome>> buyers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                buyers.add(() -> one.holds().place(aHoldOf(console, 1).build()));
                buyers.add(() -> other.holds().place(aHoldOf(console, 1).build()));
            }
            int placed = 0;
            for (Future<HoldOutcome> told : crowd.invokeAll(buyers)) {
                placed += told.get() instanceof HoldOutcome.Placed ? 1 : 0;
            }

            assertThat(placed).isEqualTo(10);
            assertThat(one).hasAvailable(console, 0).hasHeld(console, 10).booksAddUp();
        }
    }
}

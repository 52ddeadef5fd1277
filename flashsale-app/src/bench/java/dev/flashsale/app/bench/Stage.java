package dev.flashsale.app.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.rest.RestServer;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.WebhookScheme;
import dev.flashsale.adapter.rest.WebhookSettings;
import dev.flashsale.app.database.ScratchSchemas;
import dev.flashsale.domain.product.ProductId;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the workloads of one run share: the plan, the schemas, ours and, once somebody asks for it, the textbook. */
final class Stage implements AutoCloseable {

    private final BenchPlan plan;
    private final ScratchSchemas schemas;
    private final Progress progress;
    private final Sale sale;
    private final List<Sale> audited = new ArrayList<>();
    private @Nullable Textbook textbook;
    private @Nullable RestServer server;

    Stage(BenchPlan plan, ScratchSchemas schemas, Progress progress) {
        this.plan = plan;
        this.schemas = schemas;
        this.progress = progress;
        this.sale = Sale.on(schemas.pool());
        audited.add(sale);
    }

    BenchPlan plan() {
        return plan;
    }

    ScratchSchemas schemas() {
        return schemas;
    }

    Progress progress() {
        return progress;
    }

    Sale sale() {
        return sale;
    }

    /** Ours on a schema of its own, which is audited as well. */
    Sale newSale(HikariDataSource pool) {
        Sale other = Sale.on(pool);
        audited.add(other);
        return other;
    }

    Textbook textbook() throws SQLException {
        if (textbook == null) {
            textbook = Textbook.on(schemas.newPool(), sale.flashsale().holds()::newId);
        }
        return textbook;
    }

    /** Fresh products that ours and the textbook sell, each in its own tables. */
    List<ProductId> newProductsOfBoth(int count) throws SQLException {
        List<ProductId> products = sale.newProducts(count);
        for (ProductId product : products) {
            textbook().adopt(product);
        }
        return products;
    }

    boolean conserved() {
        return audited.stream().allMatch(Sale::conserved);
    }

    /** Where a server of its own serves what {@link #sale} sells. */
    int serverPort() {
        if (server == null) {
            RestSettings settings = RestSettings.builder()
                    .host(InetAddress.getLoopbackAddress().getHostAddress())
                    .port(0)
                    .webhooks(new WebhookSettings(WebhookScheme.STANDARD_WEBHOOKS, List.of(), true))
                    .build();
            server = RestServer.start(sale.flashsale(), () -> true, InstantSource.system(), settings);
        }
        return server.port();
    }

    /** How many listen there. */
    int listeners() {
        return server == null ? 0 : server.streams().inUse();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}

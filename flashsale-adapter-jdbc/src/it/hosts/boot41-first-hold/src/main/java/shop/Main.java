package shop;

import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sells the one piece of a product in the shop that docs/embedding.md shows, and refuses the next buyer. */
class Main {

    public static void main(String[] args) throws SQLException {
        String server = System.getenv("FLASHSALE_TEST_DATABASE_URL");
        String username = System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_USERNAME", "root");
        String password = System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_PASSWORD", "");
        String schema = "flashsale_host_" + Long.toHexString(System.nanoTime());
        try (Connection root = DriverManager.getConnection(server, username, password);
                Statement statement = root.createStatement()) {
            statement.execute("create database " + schema);
            try (ConfigurableApplicationContext shop = SpringApplication.run(
                    Shop.class,
                    "--spring.datasource.url=" + server + schema,
                    "--spring.datasource.username=" + username,
                    "--spring.datasource.password=" + password)) {
                sell(shop);
            } finally {
                statement.execute("drop database " + schema);
            }
        }
    }

    private static void sell(ConfigurableApplicationContext shop) {
        ProductId console = new ProductId(1);
        Flashsale flashsale = shop.getBean(Flashsale.class);
        flashsale.products().put(new Product(console, "Console", Money.of("499.00", "EUR")), 1);

        HoldOutcome first = shop.getBean(Desk.class).book(console, "the first");
        HoldOutcome second = shop.getBean(Desk.class).book(console, "the second");

        require(first instanceof HoldOutcome.Placed, first);
        require(second instanceof HoldOutcome.AllHeld, second);
        List<String> notes = shop.getBean(JdbcClient.class)
                .sql("select note from booking")
                .query(String.class)
                .list();
        require(notes.equals(List.of("the first")), notes);
        require(
                flashsale.holds().view(((HoldOutcome.Placed) first).holdId()).isPresent(),
                "no hold of the first buyer");
    }

    private static void require(boolean condition, Object found) {
        if (!condition) {
            throw new IllegalStateException("found " + found);
        }
    }
}

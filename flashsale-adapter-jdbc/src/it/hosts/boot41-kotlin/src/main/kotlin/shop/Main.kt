package shop

import dev.flashsale.application.Flashsale
import dev.flashsale.domain.hold.HoldOutcome
import dev.flashsale.domain.product.Money
import dev.flashsale.domain.product.Product
import dev.flashsale.domain.product.ProductId
import org.springframework.boot.runApplication
import org.springframework.context.ApplicationContext
import org.springframework.jdbc.core.simple.JdbcClient
import java.sql.DriverManager

/** Sells the one piece of a product in the shop that docs/embedding.md shows in Kotlin, and refuses the next buyer. */
object Main {

    @JvmStatic
    fun main(args: Array<String>) {
        val server = System.getenv("FLASHSALE_TEST_DATABASE_URL")
        val username = System.getenv("FLASHSALE_TEST_DATABASE_USERNAME") ?: "root"
        val password = System.getenv("FLASHSALE_TEST_DATABASE_PASSWORD") ?: ""
        val schema = "flashsale_host_${System.nanoTime().toString(16)}"
        DriverManager.getConnection(server, username, password).use { root ->
            root.createStatement().use { statement ->
                statement.execute("create database $schema")
                try {
                    runApplication<Shop>(
                        "--spring.datasource.url=$server$schema",
                        "--spring.datasource.username=$username",
                        "--spring.datasource.password=$password",
                    ).use(::sell)
                } finally {
                    statement.execute("drop database $schema")
                }
            }
        }
    }

    private fun sell(shop: ApplicationContext) {
        val console = ProductId(1)
        val flashsale = shop.getBean(Flashsale::class.java)
        val desk = shop.getBean(Desk::class.java)
        flashsale.products().put(Product(console, "Console", Money.of("499.00", "EUR")), 1)

        val first = desk.book(console, "the first")
        val second = try {
            desk.book(console, "the second")
        } catch (refused: Desk.NotHeld) {
            refused.outcome
        }

        check(second is HoldOutcome.AllHeld) { "found $second" }
        val notes = shop.getBean(JdbcClient::class.java).sql("select note from booking").query(String::class.java).list()
        check(notes == listOf("the first")) { "found $notes" }
        check(flashsale.holds().view(first.holdId()).isPresent) { "no hold of the first buyer" }
    }
}

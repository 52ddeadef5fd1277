package shop

import dev.flashsale.application.Flashsale
import dev.flashsale.domain.hold.HoldOutcome
import dev.flashsale.domain.hold.HoldRequest
import dev.flashsale.domain.product.ProductId
import dev.flashsale.domain.stock.Quantity
import org.springframework.jdbc.core.simple.JdbcClient
import org.springframework.stereotype.Service
import org.springframework.transaction.annotation.Transactional

@Service
class Desk(private val jdbc: JdbcClient, private val flashsale: Flashsale) {

    class NotHeld(val outcome: HoldOutcome) : RuntimeException()

    @Transactional
    fun book(product: ProductId, note: String): HoldOutcome.Placed {
        val request = HoldRequest(flashsale.holds().newId(), product, Quantity(1))
        jdbc.sql("insert into booking (hold_id, note) values (?, ?)")
            .params(request.holdId().toString(), note)
            .update()
        return when (val outcome = flashsale.holds().place(request)) {
            is HoldOutcome.Placed -> outcome
            else -> throw NotHeld(outcome)
        }
    }
}

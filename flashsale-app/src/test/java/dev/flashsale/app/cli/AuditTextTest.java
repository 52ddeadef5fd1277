package dev.flashsale.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Audits.Mend;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.AuditReport.KeptPayment;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTextTest {

    private static final AuditReport REPORT = new AuditReport(
            List.of(
                    new Conservation(new ProductId(1), 10, 4, 1, 2, 3),
                    new Conservation(new ProductId(2), 10, 5, 1, 2, 3)),
            List.of(new Orphan("order without hold", "77")),
            List.of(new KeptPayment(new TransactionId("early"), new OrderId(9), Instant.EPOCH)));

    @Test
    void marks_what_does_not_add_up_and_only_that() {
        // when
        List<String> lines = AuditText.table(REPORT).lines().toList();

        // then
        assertThat(lines.get(1)).contains(" 10 ", " 4 ").endsWith("ok");
        assertThat(lines.get(2)).endsWith("WRONG");
        assertThat(lines.get(3)).contains("WRONG", "order without hold", "77");
        assertThat(lines.get(4)).contains("early", "order 9").doesNotContain("WRONG");
        assertThat(lines.getLast()).contains("NOT");
    }

    @Test
    void tells_programs_the_same() {
        assertThat(AuditText.json(REPORT))
                .startsWith("{\"ok\":false")
                .contains(
                        "\"product_id\":2,\"total\":10,\"available\":5,\"held\":1,\"pending\":2,\"paid\":3,\"ok\":false")
                .contains("\"transaction_id\":\"early\"");
    }

    @Test
    void tells_what_was_mended_what_could_be_and_what_takes_people() {
        // given
        List<Mend> mends = List.of(
                new Mend.AvailableSet(new ProductId(2), 5, 4),
                new Mend.Oversold(new ProductId(3), 7),
                new Mend.LeftToPeople("order without hold", "77"));

        // when
        List<String> planned = AuditText.table(REPORT, mends, false).lines().toList();
        List<String> done = AuditText.table(REPORT, mends, true).lines().toList();

        // then
        assertThat(planned.get(0)).isEqualTo("would be mended: product 2: available 5 becomes 4");
        assertThat(planned.get(1)).startsWith("NOT mended: product 3 has 7 pieces");
        assertThat(planned.get(2)).isEqualTo("NOT mended, look into it: order without hold: 77");
        assertThat(planned.getLast()).endsWith("add --apply.");
        assertThat(done.get(0)).isEqualTo("mended: product 2: available 5 becomes 4");
        assertThat(done.getLast()).doesNotContain("--apply");
        assertThat(AuditText.json(REPORT, mends, true))
                .contains("\"applied\":true", "{\"mended\":true,\"mendable\":true", "{\"mended\":false");
    }
}

package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.ReportSettings;
import dev.flashsale.adapter.rest.WebhookScheme;
import dev.flashsale.adapter.rest.WebhookSettings;
import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.webhook.WebhookVerifier;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Payments;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ConflictingReport;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/payments}: reports of them, and for operators those that wait. A report is the gateway's or is refused; it is
 * answered the same however often it comes.
 */
public final class PaymentRoutes {

    private static final int LOGGED_BYTES = 300;

    private static final Answer UNKNOWN_ORDER =
            Answer.of(ProblemDocument.of(Problem.UNKNOWN_ORDER, "No order has this reference."));

    private static final Logger LOGGER = LoggerFactory.getLogger(PaymentRoutes.class);

    private final Payments payments;
    private final Lists lists;
    private final AdmissionLimits places;
    private final WebhookVerifier verifier;
    private final ReportSettings settings;
    private final Set<String> fields;

    public PaymentRoutes(
            Payments payments,
            Lists lists,
            AdmissionLimits places,
            WebhookVerifier verifier,
            WebhookSettings webhooks) {
        this.payments = payments;
        this.lists = lists;
        this.places = places;
        this.verifier = verifier;
        this.settings = webhooks.reports();
        this.fields = webhooks.scheme() == WebhookScheme.STRIPE
                ? Stream.of(PlainReport.FIELDS, StripeEvent.FIELDS)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet())
                : PlainReport.FIELDS;
    }

    private enum Waiting {
        KEPT,
        CONFLICT
    }

    /** Those that people may have to do something about: what was decided is found with its order. */
    public Answer list(Request request) {
        return switch (Pages.requiredStatus(request, Waiting.values())) {
            case KEPT ->
                Pages.answer(
                        request,
                        Cursor.NUMBER,
                        (after, size) -> places.reads().admit(() -> lists.keptPayments(after, size)),
                        PaymentJson::write);
            case CONFLICT ->
                Pages.answer(
                        request,
                        Cursor.NUMBER,
                        (after, size) -> places.reads().admit(() -> lists.conflicts(after, size)),
                        PaymentJson::write);
        };
    }

    /** Nothing of the body is looked at before its signature is right. */
    public Answer report(Request request) {
        byte[] body = request.body();
        verifier.verify(request.headers(), body);
        try {
            GatewayReport report = read(request.json(body, fields));
            return places.sales().admit(() -> record(report));
        } catch (Refused unusable) {
            LOGGER.warn("A gateway's report was refused, {}: {}", unusable.getMessage(), start(body));
            throw unusable;
        }
    }

    private GatewayReport read(JsonBody body) {
        return StripeEvent.isOne(body) ? StripeEvent.read(body, settings) : PlainReport.read(body, settings);
    }

    private Answer record(GatewayReport report) {
        OrderId id = report.order().id();
        HoldId reference = report.order().reference();
        if (id == null && reference != null) {
            id = payments.orderOf(reference).orElse(null);
        }
        if (id == null) {
            ConflictingReport conflict = report.withoutOrder();
            payments.listConflict(conflict);
            LOGGER.warn("A gateway's report is of an order that is not there: {}", conflict);
            return UNKNOWN_ORDER;
        }
        return PaymentAnswers.of(payments.record(report.payment(id)));
    }

    /** So that what nobody can use is found with its gateway, without what it says of the buyer behind that. */
    private static String start(byte[] body) {
        return new String(body, 0, Math.min(body.length, LOGGED_BYTES), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }
}

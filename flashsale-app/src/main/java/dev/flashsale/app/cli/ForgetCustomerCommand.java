package dev.flashsale.app.cli;

import dev.flashsale.app.WrongCall;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ForgetOutcome;
import dev.flashsale.domain.operator.Cause;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "forget-customer",
        description =
                "Gives the holds of a customer a random customer_id, which limits count as before, and removes the"
                        + " customer's idempotency keys. It is logged that and why, not who it was. Safe to interrupt and repeat,"
                        + " while the sale goes on.")
final class ForgetCustomerCommand extends FlashsaleCommand {

    @Option(names = "--customer-id", paramLabel = "ID", required = true, description = "As the holds name it.")
    private String customerId = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for the log. Must not have the id in it.")
    private String reason = "";

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            defaultValue = "program",
            description = "Who, for the log. Default: ${DEFAULT-VALUE}.")
    private String operator = "";

    @Override
    public Integer call() {
        CustomerId id = allowed(
                "--customer-id",
                "1 to " + CustomerId.MAX_LENGTH + " visible ASCII characters",
                () -> new CustomerId(customerId));
        Cause cause = allowed(
                "--reason",
                "a line of 1 to " + Cause.REASON_MAX_LENGTH + " characters, and --operator one of 1 to "
                        + Cause.OPERATOR_MAX_LENGTH,
                () -> new Cause(operator, reason));
        try (RunningFlashsale flashsale = RunningFlashsale.withoutServer(Purpose.OPERATE, settings())) {
            switch (flashsale.flashsale().operator(cause).forget(id)) {
                case ForgetOutcome.Forgotten forgotten -> {
                    out().println(String.format(
                            Locale.ROOT,
                            "Forgotten: %d holds have a random customer_id, %d idempotency keys are removed",
                            forgotten.holds(),
                            forgotten.keys()));
                    out().flush();
                }
                case ForgetOutcome.NamedInCause named ->
                    throw new WrongCall(
                            "--reason and --operator must not have the customer's id in them:" + " they are recorded");
            }
        }
        return DONE;
    }
}

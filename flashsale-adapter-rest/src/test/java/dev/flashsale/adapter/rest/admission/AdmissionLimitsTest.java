package dev.flashsale.adapter.rest.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.Busy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionLimitsTest {

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "2,2,1,1", "4,4,2,1", "1024,1024,512,256"})
    void each_kind_has_its_share_and_at_least_one(int most, int sales, int holds, int reads) {
        assertThat(room(AdmissionLimits.of(most).sales())).isEqualTo(sales);
        assertThat(room(AdmissionLimits.of(most).holds())).isEqualTo(holds);
        assertThat(room(AdmissionLimits.of(most).reads())).isEqualTo(reads);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 64, 1024})
    void crowds_of_holds_and_of_reads_leave_room_for_sales(int most) {
        assertThat(roomForSalesAmidCrowds(AdmissionLimits.of(most))).isEqualTo(most / 4);
    }

    /** The canary: places that all kinds have in common do not. */
    @Test
    void without_shares_a_crowd_of_holds_would_leave_none() {
        Admission all = new Admission(4);

        assertThat(roomForSalesAmidCrowds(new AdmissionLimits(all, all, all))).isZero();
    }

    @Test
    void where_sales_take_every_place_a_hold_is_refused_and_loses_nothing_of_its_share() {
        AdmissionLimits places = AdmissionLimits.of(4);

        within(4, places.sales(), () -> {
            assertThat(places.holds().hasRoom()).isFalse();
            assertThatThrownBy(() -> places.holds().admit(() -> 1)).isInstanceOf(Busy.class);
            return 0;
        });

        assertThat(room(places.holds())).isEqualTo(2);
    }

    @Test
    void a_call_that_fails_gives_its_place_back() {
        AdmissionLimits places = AdmissionLimits.of(2);

        assertThatThrownBy(() -> places.holds().admit(() -> Integer.parseInt("x")))
                .isInstanceOf(NumberFormatException.class);

        assertThat(room(places.holds())).isEqualTo(1);
        assertThat(room(places.sales())).isEqualTo(2);
    }

    private static int roomForSalesAmidCrowds(AdmissionLimits places) {
        return within(
                Integer.MAX_VALUE,
                places.holds(),
                () -> within(Integer.MAX_VALUE, places.reads(), () -> room(places.sales())));
    }

    /** How many more it lets in. */
    private static int room(Admission admission) {
        return admission.hasRoom() ? admission.admit(() -> 1 + room(admission)) : 0;
    }

    /** What is answered amid as many calls as are let in, up to a number. */
    private static int within(int calls, Admission admission, java.util.function.IntSupplier then) {
        return calls > 0 && admission.hasRoom()
                ? admission.admit(() -> within(calls - 1, admission, then))
                : then.getAsInt();
    }
}

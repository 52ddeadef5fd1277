package dev.flashsale.adapter.rest.admission;

import dev.flashsale.adapter.rest.PlaceUse;
import java.util.List;

/**
 * How many requests of each kind are served at once. Whoever ends a sale, well or not, goes before whoever wants to
 * begin one: a hold that was granted and cannot be ordered is stock that nobody gets.
 *
 * @param sales orders, payments, releases, and looking at a hold or an order: they may take every place
 * @param holds new holds: half of the places at most. Of the 1,024 places by default those are two full batches of the
 *     group commit, one under way and one that gathers. More would wait longer and sell no more
 * @param reads of products: a quarter at most. They are answered from memory and seldom take a place for long; but
 *     when the database stalls they must not fill the server, and a crowd of holds must not turn them away
 */
public record AdmissionLimits(Admission sales, Admission holds, Admission reads) {

    private static final int HOLDS_SHARE = 2;
    private static final int READS_SHARE = 4;

    /** How busy they are. */
    public List<PlaceUse> use() {
        return List.of(sales.use("all"), holds.use("holds"), reads.use("reads"));
    }

    /**
     * The places of each kind.
     *
     * @param most of all kinds together; each kind may have one at least
     */
    public static AdmissionLimits of(int most) {
        Admission all = new Admission(most);
        return new AdmissionLimits(
                all, all.part(Math.max(1, most / HOLDS_SHARE)), all.part(Math.max(1, most / READS_SHARE)));
    }
}

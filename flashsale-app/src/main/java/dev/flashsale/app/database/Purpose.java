package dev.flashsale.app.database;

import java.time.Duration;

/** What a program wants of its database. */
public enum Purpose {
    /** Serves buyers: an embedded database is its own, and an answer that takes too long is none. */
    SERVE(Duration.ofSeconds(5)),
    /** Does one thing for an operator: joins the embedded database of a running server and may take its time. */
    OPERATE(Duration.ZERO),
    /** As {@link #OPERATE}, and makes the rest of what an older program has left half made of the tables. */
    REPAIR_TABLES(Duration.ZERO),
    /** Tries everything out: gets an embedded database that is thrown away afterwards. */
    TRY_OUT(Duration.ofSeconds(30));

    private final Duration answerWithin;

    Purpose(Duration answerWithin) {
        this.answerWithin = answerWithin;
    }

    /** Zero for no limit. */
    Duration answerWithin() {
        return answerWithin;
    }
}

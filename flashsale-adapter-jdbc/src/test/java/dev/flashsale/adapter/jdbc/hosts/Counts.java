package dev.flashsale.adapter.jdbc.hosts;

import java.util.concurrent.atomic.LongAdder;

/** How often what happened in a run. */
final class Counts {

    /** Of use cases, in transactions and outside. */
    final LongAdder calls = new LongAdder();

    final LongAdder committed = new LongAdder();
    final LongAdder rolledBack = new LongAdder();
    final LongAdder busy = new LongAdder();
}

package dev.flashsale.adapter.jdbc;

import java.util.ArrayList;
import java.util.List;

/** What is to be done once a transaction has ended. */
final class Hooks {

    private record Hook(Runnable action, boolean onlyIfCommitted) {}

    private final List<Hook> hooks = new ArrayList<>();

    void afterCommit(Runnable action) {
        hooks.add(new Hook(action, true));
    }

    void afterEnd(Runnable action) {
        hooks.add(new Hook(action, false));
    }

    /** How many there are, to go back to. */
    int count() {
        return hooks.size();
    }

    /** What came after was undone. */
    void backTo(int count) {
        hooks.subList(Math.min(count, hooks.size()), hooks.size()).clear();
    }

    void committed() {
        run(true);
    }

    /** Whether it was committed is not known. */
    void unknown() {
        run(false);
    }

    private void run(boolean committed) {
        List<Hook> all = List.copyOf(hooks);
        hooks.clear();
        all.stream()
                .filter(hook -> committed || !hook.onlyIfCommitted())
                .forEach(hook -> hook.action().run());
    }
}

package dev.brigade.rest.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Freezes what goes through it, as a stopped process would: whoever comes while it is shut waits
 * until it is opened again.
 */
public final class Gate {

    /** The thread that is a member of the group and so has the turn. */
    public static final String TURN = "brigade-ledger-turn";

    private static final Set<String> LAST = Set.of("close", "wakeup");

    private final CountDownLatch shut = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private volatile String shutsAt = "";

    /** It shuts itself when a method of this name is about to be called. */
    public void shutAt(String method) {
        shutsAt = method;
    }

    /** Whether it is shut and a thread of this name waits before it. */
    public boolean holds(String thread) {
        return held.contains(thread);
    }

    /** Opens for good. */
    public void open() {
        opened.countDown();
    }

    /** Waits while it is shut. */
    public void pass() throws InterruptedException {
        pass("");
    }

    private void pass(String method) throws InterruptedException {
        if (!method.isEmpty() && method.equals(shutsAt)) {
            shut.countDown();
        }
        if (shut.getCount() == 0 && opened.getCount() > 0) {
            held.add(Thread.currentThread().getName());
            if (!opened.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gate was never opened");
            }
        }
    }

    /** The same, behind this gate. */
    <T> T before(Class<T> type, T one) {
        return type.cast(
                Proxy.newProxyInstance(
                        Gate.class.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            if (!LAST.contains(method.getName())) {
                                pass(method.getName());
                            }
                            try {
                                return method.invoke(one, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}

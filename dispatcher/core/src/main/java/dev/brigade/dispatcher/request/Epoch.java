package dev.brigade.dispatcher.request;

/**
 * Order of the attempts at one stage. The dispatcher raises the dispatch, the share group the
 * delivery; the attempt id only tells equals apart (a restarted broker counts deliveries anew).
 *
 * @param dispatch from 1
 * @param delivery from 1 within the dispatch
 * @param attemptId that the worker gave to the attempt
 */
public record Epoch(int dispatch, int delivery, String attemptId) {

    /** Whether this attempt supersedes the other. Of two with equal numbers neither does. */
    public boolean isNewerThan(Epoch other) {
        return dispatch != other.dispatch ? dispatch > other.dispatch : delivery > other.delivery;
    }
}

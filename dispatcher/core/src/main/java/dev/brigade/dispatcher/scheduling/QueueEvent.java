package dev.brigade.dispatcher.scheduling;

import dev.brigade.dispatcher.request.Job;

/** What can happen to the queue of one model. */
public sealed interface QueueEvent {

    /** A job waits for a slot. A job id that is already known is ignored. */
    record JobReady(Job job) implements QueueEvent {}

    /** A job need not run; its place frees if it is out. Repeats are harmless. */
    record JobWithdrawn(String jobId) implements QueueEvent {}

    /** A job is done; its place is free. Repeats are harmless. */
    record JobDone(String jobId) implements QueueEvent {}

    /**
     * How many jobs a worker takes at once.
     *
     * @param slots 0 takes the worker out
     * @param ttlMs how long the statement holds without being repeated
     */
    record SlotsChanged(String workerId, int slots, long ttlMs) implements QueueEvent {}

    /** Time has passed. */
    record Tick() implements QueueEvent {}
}

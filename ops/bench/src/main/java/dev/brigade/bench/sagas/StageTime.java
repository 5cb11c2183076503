package dev.brigade.bench.sagas;

/**
 * When a stage ran.
 *
 * @param startedMs when the dispatcher heard of its winning attempt, epoch ms
 * @param finishedMs when it took the result, epoch ms
 * @param modelMs time of the winning attempt, by the worker's clock
 */
record StageTime(String stage, long startedMs, long finishedMs, long modelMs) {}

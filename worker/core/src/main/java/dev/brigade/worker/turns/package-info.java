/**
 * Who goes first where many wait for one thing. Whatever a worker has taken waits in several queues
 * one behind the other, and in each of them a job's class goes before its time of arrival.
 */
@NullMarked
package dev.brigade.worker.turns;

import org.jspecify.annotations.NullMarked;

/** The words of the dispatcher: requests, jobs, attempts and replies, as plain records. */
@NullMarked
package dev.brigade.dispatcher.request;

import org.jspecify.annotations.NullMarked;

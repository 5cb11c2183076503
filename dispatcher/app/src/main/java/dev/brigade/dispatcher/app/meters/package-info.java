/** What the dispatcher counts, for Prometheus to read. */
@NullMarked
package dev.brigade.dispatcher.app.meters;

import org.jspecify.annotations.NullMarked;

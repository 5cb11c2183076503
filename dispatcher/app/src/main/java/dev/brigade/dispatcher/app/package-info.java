/** The dispatcher's program: Kafka Streams around the pure core. */
@NullMarked
package dev.brigade.dispatcher.app;

import org.jspecify.annotations.NullMarked;

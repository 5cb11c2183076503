/** The processors of the Kafka Streams application. */
@NullMarked
package dev.brigade.dispatcher.app.topology;

import org.jspecify.annotations.NullMarked;

/** What batches of images and vectors of texts cost through Kafka, beside plain loops. */
@NullMarked
package dev.brigade.bench.images;

import org.jspecify.annotations.NullMarked;

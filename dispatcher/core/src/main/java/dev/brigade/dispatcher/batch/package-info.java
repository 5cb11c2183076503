/**
 * What is known of a batch of images while it runs: counts, pace and spending, never the images.
 */
@NullMarked
package dev.brigade.dispatcher.batch;

import org.jspecify.annotations.NullMarked;

/** The networks themselves: engines, devices, and tensors in and out, through DJL. */
@NullMarked
package dev.brigade.worker.djl.network;

import org.jspecify.annotations.NullMarked;

/** Many images as one job: waited for, streamed, or looked at later. */
@NullMarked
package dev.brigade.rest.imagebatches;

import org.jspecify.annotations.NullMarked;

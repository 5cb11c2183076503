/** The payload store in an S3-compatible bucket. */
@NullMarked
package dev.brigade.payloads.s3;

import org.jspecify.annotations.NullMarked;

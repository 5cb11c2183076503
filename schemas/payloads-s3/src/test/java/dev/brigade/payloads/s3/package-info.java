@NullMarked
package dev.brigade.payloads.s3;

import org.jspecify.annotations.NullMarked;

/** Requests of many stages, as their users see them and as the log tells of them. */
@NullMarked
package dev.brigade.acceptance.orchestration;

import org.jspecify.annotations.NullMarked;

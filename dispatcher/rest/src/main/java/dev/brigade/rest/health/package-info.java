/** GET /health and /health/ready. */
@NullMarked
package dev.brigade.rest.health;

import org.jspecify.annotations.NullMarked;

/** GET /v1/presets and /v1/presets/{id}, and what a request gets that names no mode. */
@NullMarked
package dev.brigade.rest.presets;

import org.jspecify.annotations.NullMarked;

/** GET /v1/models. */
@NullMarked
package dev.brigade.rest.models;

import org.jspecify.annotations.NullMarked;

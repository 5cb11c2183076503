/** GET and DELETE /v1/requests/{id}, and its stream. */
@NullMarked
package dev.brigade.rest.requests;

import org.jspecify.annotations.NullMarked;

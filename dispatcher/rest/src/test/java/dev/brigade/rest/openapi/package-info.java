/** Tests of the document that describes this server's calls. */
@NullMarked
package dev.brigade.rest.openapi;

import org.jspecify.annotations.NullMarked;

/** The REST adapter: HTTP in OpenAI's form in front of Brigade's topics. */
@NullMarked
package dev.brigade.rest;

import org.jspecify.annotations.NullMarked;

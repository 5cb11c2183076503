/** Models on servers that speak OpenAI's API: Brigade's own, and one that looks at pictures. */
@NullMarked
package dev.brigade.acceptance.remote;

import org.jspecify.annotations.NullMarked;

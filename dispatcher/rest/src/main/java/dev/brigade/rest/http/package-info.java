/** What lies between Tomcat and the features: bodies, limits, ids and hang-ups. */
@NullMarked
package dev.brigade.rest.http;

import org.jspecify.annotations.NullMarked;

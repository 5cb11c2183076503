/** Tests of the adapter through real HTTP, with a client that plays scripts instead of Kafka. */
@NullMarked
package dev.brigade.rest;

import org.jspecify.annotations.NullMarked;

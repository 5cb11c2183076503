/** The Java client: publishes requests and puts their answers together. */
@NullMarked
package dev.brigade.client;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.brigade.client;

import org.jspecify.annotations.NullMarked;

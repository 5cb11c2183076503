@NullMarked
package dev.brigade.rest.spool;

import org.jspecify.annotations.NullMarked;

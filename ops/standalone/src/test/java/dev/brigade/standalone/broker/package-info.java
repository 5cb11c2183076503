@NullMarked
package dev.brigade.standalone.broker;

import org.jspecify.annotations.NullMarked;

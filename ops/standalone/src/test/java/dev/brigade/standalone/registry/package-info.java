@NullMarked
package dev.brigade.standalone.registry;

import org.jspecify.annotations.NullMarked;

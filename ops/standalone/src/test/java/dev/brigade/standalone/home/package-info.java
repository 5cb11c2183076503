@NullMarked
package dev.brigade.standalone.home;

import org.jspecify.annotations.NullMarked;

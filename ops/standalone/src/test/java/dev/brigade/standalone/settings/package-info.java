@NullMarked
package dev.brigade.standalone.settings;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.brigade.demo.vision;

import org.jspecify.annotations.NullMarked;

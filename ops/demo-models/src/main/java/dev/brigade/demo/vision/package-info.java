/** The shipped classifier of pictures: its network, its training, its file and its figures. */
@NullMarked
package dev.brigade.demo.vision;

import org.jspecify.annotations.NullMarked;

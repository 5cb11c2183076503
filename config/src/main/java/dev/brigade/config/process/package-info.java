/** What every program of the system does alike: tells how it is, and ends with its parent. */
@NullMarked
package dev.brigade.config.process;

import org.jspecify.annotations.NullMarked;

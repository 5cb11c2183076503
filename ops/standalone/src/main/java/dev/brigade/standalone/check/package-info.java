/** What is looked at before anything is started. */
@NullMarked
package dev.brigade.standalone.check;

import org.jspecify.annotations.NullMarked;

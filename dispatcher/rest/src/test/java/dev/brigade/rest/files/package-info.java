/** Tests of files. */
@NullMarked
package dev.brigade.rest.files;

import org.jspecify.annotations.NullMarked;

/** Draws pictures of many kinds by seed, each labelled technical or discard. */
@NullMarked
package dev.brigade.demo.drawing;

import org.jspecify.annotations.NullMarked;

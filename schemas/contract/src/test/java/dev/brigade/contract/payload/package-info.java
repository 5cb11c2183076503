@NullMarked
package dev.brigade.contract.payload;

import org.jspecify.annotations.NullMarked;

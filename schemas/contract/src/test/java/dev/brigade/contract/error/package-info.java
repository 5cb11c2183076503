@NullMarked
package dev.brigade.contract.error;

import org.jspecify.annotations.NullMarked;

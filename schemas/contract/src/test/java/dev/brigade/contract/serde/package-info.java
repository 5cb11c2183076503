@NullMarked
package dev.brigade.contract.serde;

import org.jspecify.annotations.NullMarked;

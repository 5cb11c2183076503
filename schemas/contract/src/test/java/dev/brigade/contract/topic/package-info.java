@NullMarked
package dev.brigade.contract.topic;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.brigade.contract.asyncapi;

import org.jspecify.annotations.NullMarked;

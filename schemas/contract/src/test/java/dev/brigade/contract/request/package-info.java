@NullMarked
package dev.brigade.contract.request;

import org.jspecify.annotations.NullMarked;

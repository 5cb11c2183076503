@NullMarked
package dev.brigade.contract.reply;

import org.jspecify.annotations.NullMarked;

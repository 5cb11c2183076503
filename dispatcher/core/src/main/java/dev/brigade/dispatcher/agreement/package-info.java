/** How far several answers to one task agree, worked out from their texts alone. */
@NullMarked
package dev.brigade.dispatcher.agreement;

import org.jspecify.annotations.NullMarked;

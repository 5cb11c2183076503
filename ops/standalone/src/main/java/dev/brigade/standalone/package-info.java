/** Everything on one machine: broker, registry endpoint and Brigade's programs under one roof. */
@NullMarked
package dev.brigade.standalone;

import org.jspecify.annotations.NullMarked;

/** Which models live, as the workers' heartbeats tell. */
@NullMarked
package dev.brigade.dispatcher.app.fleet;

import org.jspecify.annotations.NullMarked;

/** The data folder: who owns it, what lies in it, and what runs on it. */
@NullMarked
package dev.brigade.standalone.home;

import org.jspecify.annotations.NullMarked;

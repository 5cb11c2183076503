/** What is delivered beside the Java code: the command and the containers. */
@NullMarked
package dev.brigade.standalone.deployment;

import org.jspecify.annotations.NullMarked;

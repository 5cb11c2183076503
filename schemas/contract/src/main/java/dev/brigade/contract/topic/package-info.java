/** The topics of the contract and how they are created and checked. */
@NullMarked
package dev.brigade.contract.topic;

import org.jspecify.annotations.NullMarked;

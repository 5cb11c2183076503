/** Request ids, headers, reply partitions and the rules that a request must keep. */
@NullMarked
package dev.brigade.contract.request;

import org.jspecify.annotations.NullMarked;

package dev.brigade.dispatcher.app.topology;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which topics of participants there are. Presets name them and their owners create them; one that
 * is missing is as good as a participant that does not answer. One instance belongs to one task's
 * thread; presets bound how many topics it hears of.
 */
final class ParticipantTopics {

    private static final Logger LOG = LoggerFactory.getLogger(ParticipantTopics.class);

    private final ForeignTopics foreign;
    private final Set<String> missing = new HashSet<>();

    ParticipantTopics(ForeignTopics foreign) {
        this.foreign = foreign;
    }

    /** Whether a compensation may be sent there; a topic that is not is logged once. */
    boolean has(String topic) {
        if (foreign.facts(topic).partitions() > 0) {
            missing.remove(topic);
            return true;
        }
        if (missing.add(topic)) {
            LOG.warn(
                    "compensation topic {} does not exist: create it, or its participants never"
                            + " hear of what they must undo",
                    topic);
        }
        return false;
    }
}

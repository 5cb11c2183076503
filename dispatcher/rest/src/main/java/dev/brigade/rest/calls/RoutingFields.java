package dev.brigade.rest.calls;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import java.util.Optional;

/** The fields that say which model works on the request, and when. */
public final class RoutingFields {

    private RoutingFields() {}

    static void read(JsonFields body, InferenceRequest.Builder request) {
        body.string("model").ifPresent(request::setModel);
        body.string("task_type").ifPresent(request::setTaskType);
        body.string("role").ifPresent(request::setRole);
        body.longInteger("deadline_ms").ifPresent(request::setDeadlineMs);
        body.string("routing_strategy").ifPresent(request::setRoutingStrategy);
        body.array("required_capabilities")
                .map(names -> names.stream().map(JsonValue::string).toList())
                .ifPresent(request::setRequiredCapabilities);
        priority(body).ifPresent(request::setPriority);
    }

    private static Optional<Priority> priority(JsonFields body) {
        Optional<Priority> priority = body.value("priority").map(RoutingFields::priority);
        Optional<Priority> tier = body.value("service_tier").map(RoutingFields::ofTier);
        if (priority.isPresent() && tier.isPresent() && !priority.equals(tier)) {
            throw new ApiException(
                    ApiError.invalid("priority", "priority and service_tier are different"));
        }
        return priority.or(() -> tier);
    }

    private static Priority priority(JsonValue priority) {
        if (priority.isString()) {
            return switch (priority.string()) {
                case "high" -> Priority.HIGH;
                case "normal" -> Priority.NORMAL;
                case "low" -> Priority.LOW;
                default -> throw notAPriority(priority);
            };
        }
        if (!priority.node().isNumber()) {
            throw priority.wrongType("a string or an integer");
        }
        return switch (priority.integer()) {
            case 3 -> Priority.HIGH;
            case 2 -> Priority.NORMAL;
            case 1 -> Priority.LOW;
            default -> throw notAPriority(priority);
        };
    }

    private static Priority ofTier(JsonValue tier) {
        return switch (tier.string()) {
            case "auto", "default" -> Priority.NORMAL;
            case "priority" -> Priority.HIGH;
            case "flex" -> Priority.LOW;
            default ->
                    throw new ApiException(
                            ApiError.invalid(
                                    tier.path(),
                                    "service_tier must be one of auto, default, flex, priority"));
        };
    }

    private static ApiException notAPriority(JsonValue priority) {
        return new ApiException(
                ApiError.invalid(
                        priority.path(), "priority must be one of high, normal, low, or 3, 2, 1"));
    }
}

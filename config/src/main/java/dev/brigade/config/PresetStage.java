package dev.brigade.config;

/**
 * One stage of a preset.
 *
 * @param stage what it does: {@code answer} of single, debate and ensemble, {@code generate} and
 *     {@code critique}, {@code reconcile}, {@code synthesise}, or the name of a pipeline's stage
 * @param model that does it
 */
public record PresetStage(String stage, String model) {}

package dev.brigade.rest.presets;

import java.util.List;

/** In the order of the file. */
record PresetList(String object, List<PresetView> data) {}

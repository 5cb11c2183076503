package dev.brigade.demo.drawing;

import static dev.brigade.demo.drawing.Label.DISCARD;
import static dev.brigade.demo.drawing.Label.TECHNICAL;
import static dev.brigade.demo.drawing.Use.CALIBRATE;
import static dev.brigade.demo.drawing.Use.LEARN;
import static dev.brigade.demo.drawing.Use.TEST;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Every kind of picture, with its label and whether a classifier may learn it. */
@SuppressWarnings("ImmutableEnumChecker") // painters are references to static methods
public enum Kind {
    FLOW_CHART(TECHNICAL, LEARN, Diagrams::flow),
    NETWORK(TECHNICAL, LEARN, Diagrams::network),
    SEQUENCE(TECHNICAL, LEARN, Diagrams::sequence),
    LAYERS(TECHNICAL, LEARN, Diagrams::layers),
    MIND_MAP(TECHNICAL, LEARN, Diagrams::mindMap),
    LINE_CHART(TECHNICAL, LEARN, Charts::lines),
    BAR_CHART(TECHNICAL, LEARN, Charts::bars),
    HISTOGRAM(TECHNICAL, LEARN, Charts::histogram),
    SCATTER_PLOT(TECHNICAL, LEARN, Charts::scatter),
    HEAT_MAP(TECHNICAL, LEARN, Charts::heatMap),
    CODE_DARK(TECHNICAL, LEARN, Screens::codeDark),
    CODE_LIGHT(TECHNICAL, LEARN, Screens::codeLight),
    WINDOW(TECHNICAL, LEARN, Screens::window),
    TERMINAL(TECHNICAL, LEARN, Screens::terminal),
    TABLE(TECHNICAL, LEARN, Screens::table),
    DASHBOARD(TECHNICAL, LEARN, Screens::dashboard),
    SLIDE(TECHNICAL, LEARN, Screens::slide),
    PAGE(TECHNICAL, LEARN, Screens::page),
    WEB_PAGE(TECHNICAL, LEARN, Screens::webPage),
    FORMULAS(TECHNICAL, LEARN, Screens::formulas),
    CIRCUIT(TECHNICAL, LEARN, Schematics::circuit),
    MACHINE(TECHNICAL, LEARN, Schematics::machine),
    TIMING(TECHNICAL, LEARN, Schematics::timing),
    TREE(TECHNICAL, CALIBRATE, Diagrams::tree),
    BOX_PLOT(TECHNICAL, CALIBRATE, Charts::boxPlot),
    FLOOR_PLAN(TECHNICAL, CALIBRATE, Schematics::floorPlan),
    UML_CLASSES(TECHNICAL, TEST, Diagrams::umlClasses),
    PIE_CHART(TECHNICAL, TEST, Charts::pie),
    RADAR_CHART(TECHNICAL, TEST, Charts::radar),
    GANTT(TECHNICAL, TEST, Charts::gantt),
    SPREADSHEET(TECHNICAL, TEST, Screens::spreadsheet),

    CLOUDY(DISCARD, LEARN, Textures::cloudy),
    MARBLE(DISCARD, LEARN, Textures::marble),
    GRADIENT(DISCARD, LEARN, Textures::gradient),
    GRAINY(DISCARD, LEARN, Textures::grainy),
    FOLIAGE(DISCARD, LEARN, Textures::foliage),
    FUR(DISCARD, LEARN, Textures::fur),
    PEBBLES(DISCARD, LEARN, Textures::pebbles),
    FABRIC(DISCARD, LEARN, Textures::fabric),
    BRUSHED(DISCARD, LEARN, Textures::brushed),
    LANDSCAPE(DISCARD, LEARN, Scenes::landscape),
    WATER(DISCARD, LEARN, Scenes::water),
    FOOD(DISCARD, LEARN, Scenes::food),
    TOWN(DISCARD, LEARN, Scenes::town),
    THING(DISCARD, LEARN, Scenes::thing),
    ANIMAL(DISCARD, LEARN, Scenes::animal),
    MEME(DISCARD, LEARN, Graphics::meme),
    STICKER(DISCARD, LEARN, Graphics::sticker),
    CARD(DISCARD, LEARN, Graphics::card),
    BANNER(DISCARD, LEARN, Graphics::banner),
    ICON(DISCARD, LEARN, Graphics::icon),
    BLANK(DISCARD, LEARN, Failures::blank),
    BLURRED(DISCARD, LEARN, Failures::blurred),
    WOOD(DISCARD, CALIBRATE, Textures::wood),
    NIGHT_LIGHTS(DISCARD, CALIBRATE, Scenes::nightLights),
    EMOJI(DISCARD, CALIBRATE, Graphics::emoji),
    LOGO(DISCARD, TEST, Graphics::logo),
    PORTRAIT(DISCARD, TEST, Scenes::portrait),
    BRICK(DISCARD, TEST, Textures::brick),
    BOKEH(DISCARD, TEST, Scenes::bokeh),
    FLOWER(DISCARD, TEST, Scenes::flower);

    private final Label label;
    private final Use use;
    private final Painter painter;

    Kind(Label label, Use use, Painter painter) {
        this.label = label;
        this.use = use;
        this.painter = painter;
    }

    /** What a classifier is to say. */
    public Label label() {
        return label;
    }

    /** What the kind may be used for. */
    public Use use() {
        return use;
    }

    /** As files and cards write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All kinds of a label that may be used so. */
    public static List<Kind> of(Label label, Use use) {
        return Arrays.stream(values())
                .filter(kind -> kind.label == label && kind.use == use)
                .toList();
    }

    /** All kinds of a label. */
    public static List<Kind> of(Label label) {
        return Arrays.stream(values()).filter(kind -> kind.label == label).toList();
    }

    void paint(Canvas canvas) {
        painter.paint(canvas);
    }
}

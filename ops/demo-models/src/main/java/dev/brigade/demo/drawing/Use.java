package dev.brigade.demo.drawing;

/** What a kind of drawing may be used for, so that no figure is of something learnt. */
public enum Use {
    /** Learnt; fresh drawings of it are measured as well. */
    LEARN,
    /** Never learnt; helps to choose the temperature, the threshold and the best step. */
    CALIBRATE,
    /** Never learnt and never looked at before the last measurement. */
    TEST
}

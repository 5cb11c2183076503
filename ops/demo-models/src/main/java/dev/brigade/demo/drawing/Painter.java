package dev.brigade.demo.drawing;

/** Paints one kind of picture, another one at every call. */
@FunctionalInterface
interface Painter {
    void paint(Canvas canvas);
}

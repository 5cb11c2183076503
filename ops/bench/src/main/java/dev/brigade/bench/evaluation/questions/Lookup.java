package dev.brigade.bench.evaluation.questions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** A fact in a short paragraph about people who do not exist. */
final class Lookup implements QuestionMaker {

    private static final int PEOPLE = 5;
    private static final List<String> NAMES =
            List.of(
                    "Alda", "Brenno", "Carys", "Dario", "Elwin", "Fenna", "Goran", "Hilke", "Ivor",
                    "Jorun", "Kasia", "Leander", "Mirel", "Nevio", "Oda", "Perrin");
    private static final List<String> TOWNS =
            List.of(
                    "Osterby",
                    "Vallmora",
                    "Quendon",
                    "Tarnwick",
                    "Brellheim",
                    "Sarnico",
                    "Ulvik",
                    "Drommen",
                    "Cashelby",
                    "Norrhult",
                    "Pellworm",
                    "Zarnow");
    private static final List<String> ANIMALS =
            List.of("goats", "hens", "ducks", "sheep", "geese", "rabbits", "bees", "ponies");

    private record Person(String name, String town, String animals, int count) {}

    @Override
    public Optional<Draft> next(Random random) {
        List<Person> people = people(random);
        String paragraph = people.stream().map(Lookup::told).collect(Collectors.joining(" "));
        Person person = people.get(random.nextInt(PEOPLE));
        return Optional.of(
                switch (random.nextInt(3)) {
                    case 0 ->
                            Draft.marked(
                                    paragraph + " Where does %s live?".formatted(person.name()),
                                    "town",
                                    person.town(),
                                    AnswerKind.EXACT);
                    case 1 ->
                            Draft.marked(
                                    paragraph + " Who keeps %s?".formatted(person.animals()),
                                    "name",
                                    person.name(),
                                    AnswerKind.EXACT);
                    default ->
                            Draft.number(
                                    "%s How many %s does %s keep?"
                                            .formatted(paragraph, person.animals(), person.name()),
                                    person.count());
                });
    }

    private static List<Person> people(Random random) {
        List<String> names = some(NAMES, random);
        List<String> towns = some(TOWNS, random);
        List<String> animals = some(ANIMALS, random);
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            int count = 3 + random.nextInt(60);
            people.add(new Person(names.get(i), towns.get(i), animals.get(i), count));
        }
        return people;
    }

    private static List<String> some(List<String> all, Random random) {
        List<String> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, PEOPLE);
    }

    private static String told(Person person) {
        return "%s lives in %s and keeps %d %s."
                .formatted(person.name(), person.town(), person.count(), person.animals());
    }
}

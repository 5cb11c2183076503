package dev.brigade.acceptance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Modules depend downwards only, and the core stays pure. */
@AnalyzeClasses(packages = "dev.brigade", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String[] CORE = {
        "dev.brigade.dispatcher.agreement..",
        "dev.brigade.dispatcher.batch..",
        "dev.brigade.dispatcher.handoff..",
        "dev.brigade.dispatcher.plan..",
        "dev.brigade.dispatcher.planning..",
        "dev.brigade.dispatcher.request..",
        "dev.brigade.dispatcher.routing..",
        "dev.brigade.dispatcher.saga..",
        "dev.brigade.dispatcher.scheduling.."
    };
    private static final String APP = "dev.brigade.dispatcher.app..";
    private static final String REST = "dev.brigade.rest..";
    private static final String REST_LEDGER = "dev.brigade.rest.ledger..";
    private static final String WORKER = "dev.brigade.worker..";
    private static final String LLAMA = "dev.brigade.worker.llama..";
    private static final String DJL = "dev.brigade.worker.djl..";
    private static final String REMOTE = "dev.brigade.worker.remote..";
    private static final String WORKER_APP = "dev.brigade.worker.app..";
    private static final String SCHEMA = "dev.brigade.schema..";
    private static final String CONTRACT = "dev.brigade.contract..";
    private static final String S3 = "dev.brigade.payloads.s3..";
    private static final String CLIENT = "dev.brigade.client..";
    private static final String CONFIG = "dev.brigade.config..";
    private static final String[] OPS = {
        "dev.brigade.standalone..", "dev.brigade.demo..", "dev.brigade.bench.."
    };

    @ArchTest
    static final ArchRule SCHEMAS_KNOW_NOTHING_OF_OURS =
            noClasses()
                    .that()
                    .resideInAPackage(SCHEMA)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            CONTRACT, CLIENT, CONFIG, "dev.brigade.dispatcher..", REST, WORKER);

    @ArchTest
    static final ArchRule THE_CONTRACT_KNOWS_ONLY_SCHEMAS =
            noClasses()
                    .that()
                    .resideInAPackage(CONTRACT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CLIENT, CONFIG, "dev.brigade.dispatcher..", REST, WORKER);

    @ArchTest
    static final ArchRule THE_CLIENT_KNOWS_ONLY_SCHEMAS_AND_NO_SPRING =
            noClasses()
                    .that()
                    .resideInAPackage(CLIENT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            CONFIG,
                            "dev.brigade.dispatcher..",
                            REST,
                            WORKER,
                            "org.springframework..");

    @ArchTest
    static final ArchRule CONFIG_KNOWS_NOTHING_OF_OURS =
            noClasses()
                    .that()
                    .resideInAPackage(CONFIG)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            SCHEMA, CONTRACT, CLIENT, "dev.brigade.dispatcher..", REST, WORKER);

    @ArchTest
    static final ArchRule THE_CORE_DOES_NO_INPUT_OR_OUTPUT =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            SCHEMA,
                            CONTRACT,
                            CLIENT,
                            APP,
                            REST,
                            WORKER,
                            "org.apache.kafka..",
                            "org.apache.avro..",
                            "org.springframework..",
                            "org.slf4j..",
                            "java.io..",
                            "java.nio.file..",
                            "java.net..",
                            "java.util.concurrent..");

    @ArchTest
    static final ArchRule THE_CORE_HAS_NO_CLOCK_AND_NO_CHANCE =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORE)
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(UUID.class, "randomUUID")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(java.util.Random.class);

    @ArchTest
    static final ArchRule DISPATCHER_AND_WORKER_MEET_ONLY_IN_TOPICS =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.brigade.dispatcher..", REST)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(WORKER);

    @ArchTest
    static final ArchRule WORKER_AND_DISPATCHER_MEET_ONLY_IN_TOPICS =
            noClasses()
                    .that()
                    .resideInAPackage(WORKER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.brigade.dispatcher..", REST, CLIENT);

    /**
     * Its ledger alone speaks to Kafka: files and batches have topics that are the adapter's own.
     */
    @ArchTest
    static final ArchRule THE_REST_ADAPTER_USES_THE_CLIENT_AND_NOTHING_DEEPER =
            noClasses()
                    .that()
                    .resideInAPackage(REST)
                    .and()
                    .resideOutsideOfPackage(REST_LEDGER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.brigade.dispatcher..",
                            "org.apache.kafka..",
                            "dev.brigade.contract.topic..",
                            "dev.brigade.contract.serde..");

    @ArchTest
    static final ArchRule THE_WORKERS_CORE_KNOWS_NO_BACKEND =
            noClasses()
                    .that()
                    .resideInAPackage(WORKER)
                    .and()
                    .resideOutsideOfPackages(LLAMA, DJL, REMOTE, WORKER_APP)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            LLAMA,
                            DJL,
                            REMOTE,
                            WORKER_APP,
                            "de.kherud..",
                            "ai.djl..",
                            "ai.onnxruntime..",
                            "org.springframework..");

    @ArchTest
    static final ArchRule THE_DJL_BACKEND_KNOWS_NO_OTHER_AND_NO_KAFKA =
            noClasses()
                    .that()
                    .resideInAPackage(DJL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            LLAMA,
                            REMOTE,
                            WORKER_APP,
                            "org.apache.kafka..",
                            "org.springframework..");

    @ArchTest
    static final ArchRule THE_REMOTE_BACKEND_KNOWS_NO_OTHER_AND_NO_KAFKA =
            noClasses()
                    .that()
                    .resideInAPackage(REMOTE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            LLAMA, DJL, WORKER_APP, "org.apache.kafka..", "org.springframework..");

    @ArchTest
    static final ArchRule PAYLOADS_IN_S3_KNOW_ONLY_THE_CONTRACT =
            noClasses()
                    .that()
                    .resideInAPackage(S3)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CLIENT, CONFIG, "dev.brigade.dispatcher..", REST, WORKER);

    @ArchTest
    static final ArchRule NATIVE_CODE_IS_CALLED_ONLY_IN_THE_ENGINE_PROCESS =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.brigade.worker.llama.engine..", "dev.brigade.demo..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("de.kherud..");

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_OPS =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(OPS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(OPS);

    @ArchTest
    static final ArchRule NAMES_COME_FROM_THE_DOMAIN =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(SCHEMA)
                    .should()
                    .haveNameMatching(".*(Util|Utils|Manager|Impl|Helper|Service)");
}

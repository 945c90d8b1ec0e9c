package io.orderflow.routes;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.orderflow.routes.event.Event;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** The fences; the names are the rules. */
@AnalyzeClasses(packages = "io.orderflow.routes", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HOME = "io.orderflow.routes";
    private static final String[] SERVICES = {HOME + ".order..", HOME + ".inventory..", HOME + ".payment..", HOME + ".shipping..", HOME + ".notification..", HOME + ".parking.."};
    private static final String[] KIT = {HOME + ".batch..", HOME + ".failure..", HOME + ".outbox..", HOME + ".door..", HOME + ".event..", HOME + ".settings.."};

    @ArchTest
    static final ArchRule services_do_not_know_each_other = slices()
        .matching(HOME + ".(order|inventory|payment|shipping|notification|parking)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule services_know_only_the_kit_and_the_events = noClasses().that().resideInAnyPackage(SERVICES)
        .should().dependOnClassesThat(resideInAPackage(HOME + "..").and(describe("are neither of a service nor of the kit", other ->
            !resideInAnyPackage(SERVICES).test(other) && !resideInAnyPackage(KIT).test(other))));

    @ArchTest
    static final ArchRule the_kit_does_not_know_the_services = noClasses().that().resideInAnyPackage(KIT).should().dependOnClassesThat().resideInAnyPackage(SERVICES);

    @ArchTest
    static final ArchRule events_know_nothing_but_java = classes().that().resideInAPackage(HOME + ".event..")
        .should().onlyDependOnClassesThat().resideInAnyPackage("java..", HOME + ".event..");

    @ArchTest
    static final ArchRule events_are_records_or_sealed = classes().that().areAssignableTo(Event.class)
        .should().beRecords().orShould().beInterfaces();

    @ArchTest
    static final ArchRule policies_do_not_know_camel = noClasses().that().resideInAnyPackage(SERVICES).and().haveNameMatching(".*\\.(\\w+Policy|Cashier)(\\$.*)?")
        .should().dependOnClassesThat().resideInAnyPackage("org.apache.camel..", "org.apache.kafka..", "org.springframework..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule only_the_table_of_contents_is_public = classes().that().resideInAnyPackage(SERVICES).and().areTopLevelClasses().and().arePublic()
        .should().haveSimpleNameEndingWith("Routes").andShould().beAnnotatedWith(Configuration.class);

    @ArchTest
    static final ArchRule routes_do_not_use_anonymous_processors = noClasses().that().areAssignableTo(RouteBuilder.class)
        .should().callMethodWhere(describe("a lambda in a route", (JavaCall<?> call) ->
            call.getTarget().getName().matches("process|onPrepare|exchange|message") && call.getTargetOwner().isAssignableTo(ProcessorDefinition.class)))
        .orShould().dependOnClassesThat().areAssignableTo(Processor.class);

    @ArchTest
    static final ArchRule nothing_is_found_by_scanning = noClasses().should().beMetaAnnotatedWith(Component.class)
        .andShould().notBeMetaAnnotatedWith(Configuration.class);

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class).orShould().callMethod(Thread.class, "sleep", long.class, int.class);

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching(HOME + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule there_are_no_layers_below_a_service = noClasses().should().resideInAnyPackage(HOME + ".*.*..");
}

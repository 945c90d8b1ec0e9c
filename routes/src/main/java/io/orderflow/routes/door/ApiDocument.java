package io.orderflow.routes.door;

import static io.orderflow.routes.batch.Json.JSON;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.VerbDefinition;
import org.springframework.http.HttpStatus;

/**
 * Describes the API as the routes have it: what each reads, what it answers and how it can refuse, as OpenAPI 3. It is read from the
 * steps of the routes, so nothing has to be told twice.
 */
public class ApiDocument implements RouteBuilderLifecycleStrategy {
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final String title;
    private final Map<String, RouteDefinition> routes = new LinkedHashMap<>();
    private final List<RestDefinition> rests = new ArrayList<>();

    ApiDocument(String title) {
        this.title = title;
    }

    /** Takes routes down as they are written: what answers HTTP is put together with its door later, and keeps less. */
    @Override
    public void afterConfigure(RouteBuilder builder) {
        builder.getRouteCollection().getRoutes().forEach(route -> routes.put(route.getInput().getEndpointUri(), route));
        rests.addAll(builder.getRestCollection().getRests());
    }

    OpenAPI document() {
        var schemas = new Schemas();
        var paths = new Paths();
        for (var rest : rests)
            for (var verb : rest.getVerbs())
                if (!"false".equals(verb.getApiDocs()))
                    paths.computeIfAbsent(rest.getPath() + (verb.getPath() == null ? "" : verb.getPath()), path -> new PathItem())
                        .operation(HttpMethod.valueOf(verb.asVerb().toUpperCase()), new Described(rest, verb, schemas).operation());
        return new OpenAPI().openapi("3.0.3").info(new Info().title(title).version("v1")).servers(List.of(new Server().url("/")))
            .paths(paths).components(new Components().schemas(schemas.all)
                .addSecuritySchemes("password", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"))
                .addSecuritySchemes("token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT")))
            .addSecurityItem(new SecurityRequirement().addList("password")).addSecurityItem(new SecurityRequirement().addList("token"));
    }

    /** One thing that can be asked, and the steps that answer it. */
    private class Described {
        private final VerbDefinition verb;
        private final RouteDefinition route;
        private final Collection<BeanDefinition> steps;
        private final List<String> pathParameters;
        private final Schemas schemas;
        private final Operation operation = new Operation();
        private final TreeSet<Integer> refusals = new TreeSet<>(List.of(401, 403, 406, 500, 503));

        Described(RestDefinition rest, VerbDefinition verb, Schemas schemas) {
            this.verb = verb;
            this.route = routes.get(verb.getTo().getEndpointUri());
            this.steps = ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), BeanDefinition.class);
            this.pathParameters = PATH_PARAMETER.matcher(rest.getPath() + verb.getPath()).results().map(found -> found.group(1)).toList();
            this.schemas = schemas;
            operation.operationId(route.getRouteId()).summary(route.getDescriptionText()).addTagsItem(rest.getPath().substring(1));
        }

        Operation operation() {
            pathParameters.forEach(name -> operation.addParametersItem(new Parameter().in("path").name(name).required(true).schema(new StringSchema())));
            var answers = new ApiResponses();
            for (var step : steps)
                describe(step, answers);
            if (!pathParameters.isEmpty())
                refusals.add(operation.getRequestBody() == null ? 404 : 400);
            for (var status : refusals)
                answers.addApiResponse(status.toString(), answer(status, Problem.MEDIA_TYPE, Problem.class));
            return operation.responses(answers);
        }

        private void describe(BeanDefinition step, ApiResponses answers) {
            if (step.getBean() instanceof Request<?> request)
                takes(Map.of("application/json", schemas.without(request.type(), pathParameters)));
            else if (step.getBean() instanceof Bulk<?> bulk)
                takes(Map.of("application/json", new ArraySchema().items(schemas.of(bulk.type())), Bulk.LINES, schemas.of(bulk.type())));
            else if (step.getBean() instanceof IdempotencyKey)
                operation.addParametersItem(new Parameter().in("header").name(IdempotencyKey.HEADER).schema(new StringSchema())
                    .description("of the caller's choice; the same request under the same key gets the same answer, and is done once"));
            else if (step.getBean() instanceof Query<?> query)
                asks(query.type());
            else if (step.getBean() instanceof Answer<?> answer)
                answer.statuses().forEach(status -> answers.addApiResponse(Integer.toString(status), answer(status, "application/json", answer.shownType())));
            else if (step.getBean() instanceof Answer.Refused refused)
                refusals.addAll(refused.statuses());
            else if (step.getBean() instanceof Answer.Nothing)
                refusals.add(404);
        }

        private void takes(Map<String, Schema<?>> bodies) {
            var content = new Content();
            bodies.forEach((type, schema) -> content.addMediaType(type, new MediaType().schema(schema)));
            operation.requestBody(new RequestBody().required(true).content(content));
            refusals.addAll(List.of(400, 413, 415));
        }

        private void asks(Class<?> type) {
            schemas.properties(type).forEach((name, schema) -> {
                if (!pathParameters.contains(name))
                    operation.addParametersItem(new Parameter().in("query").name(name).description(schema.getDescription()).schema(schema));
            });
            refusals.add(400);
        }

        private ApiResponse answer(int status, String mediaType, Class<?> type) {
            var answer = new ApiResponse().description(HttpStatus.valueOf(status).getReasonPhrase())
                .content(new Content().addMediaType(mediaType, new MediaType().schema(schemas.of(type))));
            if (status == 202)
                answer.addHeaderObject("Location", new Header().description("where the outcome can be seen").schema(new StringSchema()));
            if (status == 503)
                answer.addHeaderObject("Retry-After", new Header().description("seconds to wait before the next try").schema(new StringSchema()));
            return answer;
        }
    }

    /** The schemas of records, as they are written to JSON; a nested record is named with its home. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static class Schemas {
        final Map<String, Schema> all = new LinkedHashMap<>();
        private final ModelConverters converters = new ModelConverters();

        Schemas() {
            converters.addConverter(new ModelResolver(JSON.copy(), new TypeNameResolver() {
                @Override
                protected String getNameOfClass(Class<?> type) {
                    return type.getEnclosingClass() == null ? type.getSimpleName() : getNameOfClass(type.getEnclosingClass()) + type.getSimpleName();
                }
            }));
        }

        Schema<?> of(Class<?> type) {
            var resolved = converters.resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
            resolved.referencedSchemas.forEach((name, schema) -> all.computeIfAbsent(name, unknown -> anchored(schema)));
            return resolved.schema;
        }

        Map<String, Schema> properties(Class<?> type) {
            return anchored(converters.resolveAsResolvedSchema(new AnnotatedType(type)).schema).getProperties();
        }

        /** The body of a request for something that the path names. */
        Schema<?> without(Class<?> type, List<String> fields) {
            if (fields.isEmpty())
                return of(type);
            of(type);
            var schema = anchored(converters.resolveAsResolvedSchema(new AnnotatedType(type)).schema);
            fields.forEach(schema.getProperties()::remove);
            schema.setRequired(schema.getRequired().stream().filter(name -> !fields.contains(name)).toList());
            all.put(type.getSimpleName() + "Body", schema);
            return new Schema<>().$ref(type.getSimpleName() + "Body");
        }

        /** A rule of ours is for the whole text; a pattern of OpenAPI is for any part of it. */
        private static Schema anchored(Schema<?> schema) {
            if (schema.getProperties() != null)
                schema.getProperties().values().stream().filter(property -> property.getPattern() != null && !property.getPattern().startsWith("^"))
                    .forEach(property -> property.setPattern("^(?:" + property.getPattern() + ")$"));
            return schema;
        }
    }
}

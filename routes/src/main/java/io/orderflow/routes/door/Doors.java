package io.orderflow.routes.door;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.routes.door.KnownLogins.CannotTellNow;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.DelegatingAuthenticationEntryPoint;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The ways into an app: its API, its management port, its topics. What is not opened here is shut. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ManagementSettings.class, ApiSettings.class})
public class Doors {
    private static final int AFTER_THE_GUARD = 0;
    private static final String BEARER = "Bearer ";
    private static final int DELETE = 0x7f;
    /** What the firewall of Spring Security takes for the value of a header. */
    private static final Pattern ANY_TEXT = Pattern.compile("[\\p{IsAssigned}&&[^\\p{IsControl}]]*");

    @Bean
    HeaderFilterStrategy closedHttpHeaders() {
        return new ClosedHeaders.Http();
    }

    @Bean
    HeaderFilterStrategy closedKafkaHeaders() {
        return new ClosedHeaders.Kafka();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bareProblems() {
        return server -> server.addContextCustomizers(context -> ((StandardHost) context.getParent()).setErrorReportValveClass(BareProblem.class.getName()));
    }

    @Bean
    LastAnswer lastAnswer() {
        return new LastAnswer();
    }

    @Bean
    RouterFunction<ServerResponse> lastAnswerPath(LastAnswer answer) {
        return RouterFunctions.route(RequestPredicates.path("/error"), answer);
    }

    @Bean
    RequestRejectedHandler strangeRequests() {
        return (request, response, rejection) -> Problem.of(400, "Bad Request", "The request cannot be served as it is", List.of()).writeTo(response);
    }

    @Bean
    ApiDocument apiDocument(@Value("${spring.application.name}") String title) {
        return new ApiDocument(title);
    }

    @Bean
    DescribeApi describeApi(ApiDocument document) {
        return new DescribeApi(document);
    }

    @Bean
    DoorPolicy doorPolicy() {
        return new DoorPolicy();
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(ObjectProvider<Allowance> allowances) {
        return filter(new BodyLimit(allowances.stream()), AFTER_THE_GUARD);
    }

    @Bean
    FilterRegistrationBean<Shortcut> shortcut(Waitless routes, ObjectProvider<CamelContext> camel) {
        return filter(new Shortcut(routes, camel::getObject), AFTER_THE_GUARD + 1);
    }

    @Bean("platform-http-engine")
    Waitless platformHttpEngine(@Value("${server.port}") int port, MeterRegistry meters) {
        return new Waitless(port, meters);
    }

    /** Spring Security's own chain first shows each request to Spring MVC, for the sake of matchers that we do not use. */
    @Bean
    FilterChainProxy guard(List<SecurityFilterChain> chains, RequestRejectedHandler rejections) {
        var guard = new FilterChainProxy(chains);
        guard.setFirewall(firewall());
        guard.setRequestRejectedHandler(rejections);
        return guard;
    }

    /** The usual one; but that a value is plain text, it sees without a regular expression over a token of hundreds of letters, at each look at the header. */
    private static HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> value.chars().allMatch(letter -> letter >= ' ' && letter < DELETE) || ANY_TEXT.matcher(value).matches());
        return firewall;
    }

    /**
     * The guard is found by name, so that it is made after the settings were checked, and not when Tomcat starts. The name of this bean
     * is Spring Boot's: the management port takes over its order by it.
     */
    @Bean("securityFilterChainRegistration")
    DelegatingFilterProxyRegistrationBean guardFirst() {
        var registration = new DelegatingFilterProxyRegistrationBean("guard");
        registration.setOrder(AFTER_THE_GUARD - 1);
        return registration;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean noGuardTwice() {
        var registration = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        var registration = new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    private static <F extends Filter> FilterRegistrationBean<F> filter(F filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }

    /** A span for each of a dozen security filters costs more than the request. */
    @Bean
    SecurityObservationSettings noSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    UserDetailsService operators(ManagementSettings settings) {
        var encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
        return new InMemoryUserDetailsManager(User.withUsername(settings.username()).password(encoder.encode(settings.password())).roles("OPS").build());
    }

    /**
     * Everything under {@code /actuator}, Hawtio and Jolokia included, needs the operator's login. The matchers go by the path, for
     * Jolokia and Hawtio are servlets of their own and a pattern relative to a servlet misses them.
     */
    @Bean
    @Order(1)
    SecurityFilterChain managementDoor(HttpSecurity http, UserDetailsService operators) throws Exception {
        var path = PathPatternRequestMatcher.withDefaults();
        RequestMatcher management = new OrRequestMatcher(path.matcher("/actuator/**"), path.matcher("/default-ui.css"), path.matcher("/login"), path.matcher("/logout"));
        var csrf = new CsrfTokenRequestAttributeHandler();
        csrf.setCsrfRequestAttributeName(null);
        return http.securityMatcher(management)
            .authenticationManager(new KnownLogins(new ProviderManager(new DaoAuthenticationProvider(operators))))
            .authorizeHttpRequests(requests -> requests.requestMatchers(path.matcher("/actuator/health/**"), path.matcher("/login"), path.matcher("/default-ui.css")).permitAll()
                .anyRequest().hasRole("OPS"))
            .formLogin(form -> form.defaultSuccessUrl("/actuator/hawtio/", false))
            .httpBasic(basic -> basic.authenticationEntryPoint(basic()))
            .csrf(token -> token.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()).csrfTokenRequestHandler(csrf))
            .build();
    }

    /** As Spring Security has it, where a page asks for no dialog; but that a password cannot be checked now is not for whoever shows it to mend. */
    private static AuthenticationEntryPoint basic() {
        var dialog = new BasicAuthenticationEntryPoint();
        dialog.setRealmName("orderflow");
        var page = new RequestHeaderRequestMatcher("X-Requested-With", "XMLHttpRequest");
        var wrong = new DelegatingAuthenticationEntryPoint(new LinkedHashMap<>(Map.of(page, new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED))));
        wrong.setDefaultEntryPoint(dialog);
        return (request, response, reason) -> {
            if (reason instanceof CannotTellNow)
                Problem.unavailable().writeTo(response);
            else
                wrong.commence(request, response, reason);
        };
    }

    @Bean
    Admissions toReadTheDocument() {
        return new Admissions().anybody("/").anybody("/index.html").anybody("/openapi.json").anybody("/webjars/swagger-ui/**");
    }

    /**
     * What is asked of the API needs a login that is its own, and the role that its service demands; what no service speaks of, nobody
     * may ask. There is no session and no cookie, so a page from elsewhere can ask nothing in the name of whoever looks at it, and
     * needs no token against that.
     */
    @Bean
    @Order(2)
    SecurityFilterChain apiDoor(HttpSecurity http, ApiSettings settings, ObjectProvider<Admissions> services) throws Exception {
        var admissions = services.stream().flatMap(Admissions::all).toList();
        var unwelcome = new Unwelcome(admissions, settings);
        var logins = new KnownLogins(new ProviderManager(checkers(settings)));
        if (!settings.logins().isEmpty())
            http.httpBasic(basic -> basic.authenticationEntryPoint(unwelcome));
        if (settings.hasIssuer())
            http.addFilterBefore(bearers(logins, unwelcome), BasicAuthenticationFilter.class);
        return http
            .authenticationManager(logins)
            .authorizeHttpRequests(requests -> {
                for (var admission : admissions)
                    if (admission.roles().isEmpty())
                        requests.requestMatchers(admission.matcher()).permitAll();
                    else
                        requests.requestMatchers(admission.matcher()).hasAnyRole(admission.roleNames());
                requests.anyRequest().denyAll();
            })
            .exceptionHandling(refused -> refused.authenticationEntryPoint(unwelcome).accessDeniedHandler(unwelcome))
            .csrf(token -> token.disable())
            // The answer may be on its way by another thread when the filters are done.
            .headers(headers -> headers.withObjectPostProcessor(eagerly()))
            .requestCache(cache -> cache.disable())
            .logout(logout -> logout.disable())
            .servletApi(api -> api.disable())
            .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
            .build();
    }

    /** The filter alone: what configures it by itself lets two more look for tokens of other kinds, each by a regular expression over all of the header. */
    private static BearerTokenAuthenticationFilter bearers(KnownLogins logins, Unwelcome unwelcome) {
        var filter = new BearerTokenAuthenticationFilter(logins);
        filter.setAuthenticationEntryPoint(unwelcome);
        filter.setBearerTokenResolver(request -> token(request.getHeader(HttpHeaders.AUTHORIZATION)));
        return filter;
    }

    private static String token(String shown) {
        if (shown == null || !shown.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            return null;
        var token = shown.substring(BEARER.length()).strip();
        if (token.isEmpty())
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("There is none"));
        return token;
    }

    private static List<AuthenticationProvider> checkers(ApiSettings settings) {
        var checkers = new ArrayList<AuthenticationProvider>();
        if (!settings.logins().isEmpty()) {
            var encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
            var checker = new DaoAuthenticationProvider(new InMemoryUserDetailsManager(settings.logins().stream().map(user -> User.withUsername(user.name())
                .password(user.password().startsWith("{") ? user.password() : encoder.encode(user.password())).roles(user.role().name()).build()).toList()));
            checker.setPasswordEncoder(encoder);
            checkers.add(checker);
        }
        if (settings.hasIssuer())
            checkers.add(Tokens.provider(settings));
        return checkers;
    }

    private static ObjectPostProcessor<HeaderWriterFilter> eagerly() {
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends HeaderWriterFilter> F postProcess(F filter) {
                filter.setShouldWriteHeadersEagerly(true);
                return filter;
            }
        };
    }
}

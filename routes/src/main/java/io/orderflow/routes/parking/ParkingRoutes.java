package io.orderflow.routes.parking;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import io.orderflow.routes.door.Admissions;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parking desk: what the steps of the flow could not use, and what an operator does about it. It keeps it in the database {@code orders}, so it lives where that is opened. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ParkingSettings.class)
public class ParkingRoutes {

    @Bean
    Admissions parkingAdmissions() {
        return new Admissions().operators(GET, "/parked").operators(GET, "/parked/{id}").operators(POST, "/parked/{id}/replay").operators(POST, "/parked/{id}/discard")
            .operators(POST, "/parked/replay").operators(POST, "/parked/discard");
    }

    @Bean
    RouteBuilder parkingApi() {
        return new ParkingApi();
    }

    @Bean
    RouteBuilder collectParked() {
        return new CollectParked();
    }

    @Bean
    RouteBuilder findParkedRecords(Validator validator) {
        return new FindParkedRecords(validator);
    }

    @Bean
    RouteBuilder findParkedRecord() {
        return new FindParkedRecord();
    }

    @Bean
    RouteBuilder replayParked() {
        return new ReplayParked();
    }

    @Bean
    RouteBuilder replayAllParked(Validator validator) {
        return new ReplayAllParked(validator);
    }

    @Bean
    RouteBuilder discardParked(Validator validator) {
        return new DiscardParked(validator);
    }

    @Bean
    RouteBuilder discardAllParked(Validator validator) {
        return new DiscardAllParked(validator);
    }

    @Bean
    RouteBuilder publishReplays() {
        return new PublishReplays();
    }

    @Bean("parked")
    ParkedCounts parkedCounts() {
        return new ParkedCounts();
    }

    @Bean
    RouteBuilder watchParked(ParkedCounts counts) {
        return new WatchParked(counts);
    }

    @Bean
    RouteBuilder forgetParked(ParkingSettings settings) {
        return new ForgetParked(settings);
    }
}
